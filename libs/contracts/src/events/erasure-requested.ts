import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { Id, Identifier, Instant } from './shapes.ts';

const schema = Type.Object(
  {
    erasureId: Id,
    part: Type.Integer({ minimum: 0, description: 'The position among the messages of the erasure.' }),
    parts: Type.Integer({ minimum: 1, description: 'How many messages the erasure has.' }),
    identifiers: Type.Array(Type.Pick(Identifier, ['kind', 'value']), { minItems: 1 }),
    members: Type.Array(Id, {
      minItems: 1,
      description: 'The members with these identifiers. Tokens of the customer name one of them.',
    }),
    erasedAt: Instant,
  },
  { $id: 'erasure-requested.v1' },
);

export type ErasureRequested = Static<typeof schema>;

export const erasureRequested = eventType({
  type: 'engagement.erasure.requested.v1',
  description:
    'A person was erased. Services that store events with identifiers delete those with one of these, and store none again that happened before.',
  schema,
  example: {
    erasureId: '5f0c1c0e-6f59-4c3c-9d37-0f7f5f3c7a0e',
    part: 0,
    parts: 1,
    identifiers: [
      { kind: 'user_id', value: 'u-81' },
      { kind: 'email', value: 'ada@example.org' },
    ],
    members: ['0199c0de-0000-7000-8000-000000000001', '0199c0de-0000-7000-8000-000000000002'],
    erasedAt: '2026-11-20T10:00:01.000Z',
  },
});
