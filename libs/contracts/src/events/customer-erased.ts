import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { Id, Instant } from './shapes.ts';

const schema = Type.Object(
  {
    erasureId: Id,
    customerId: Id,
    members: Type.Array(Id, {
      minItems: 1,
      description:
        'All members of the customer. Nothing about them may be kept, also if it is read later than this message.',
    }),
    erasedAt: Instant,
  },
  { $id: 'customer-erased.v1' },
);

export type CustomerErased = Static<typeof schema>;

export const customerErased = eventType({
  type: 'engagement.customer.erased.v1',
  description:
    'A customer was erased. Every reader deletes what it has about the members, and ignores what it reads about them later. Their ids are not used again.',
  schema,
  example: {
    erasureId: '5f0c1c0e-6f59-4c3c-9d37-0f7f5f3c7a0e',
    customerId: '0199c0de-0000-7000-8000-000000000001',
    members: ['0199c0de-0000-7000-8000-000000000001', '0199c0de-0000-7000-8000-000000000002'],
    erasedAt: '2026-11-20T10:00:01.000Z',
  },
});
