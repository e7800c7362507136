import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { Id, Instant } from './shapes.ts';

const schema = Type.Object(
  {
    exportId: Id,
    customerId: Id,
    members: Type.Array(Id, {
      description:
        'The ids that the customer has and had. Ingest finds the events by them that only the token of the customer assigns.',
    }),
    persons: Type.Array(Type.String(), {
      description:
        'The identifiers of the customer, `kind:value`, strongest first. Ingest finds the events by them that it could not use.',
    }),
    requestedAt: Instant,
  },
  { $id: 'export-requested.v1' },
);

export type ExportRequested = Static<typeof schema>;

export const exportRequested = eventType({
  type: 'engagement.export.requested.v1',
  description: 'A customer wants a copy of everything that is stored about them. Every service sends its files.',
  schema,
  example: {
    exportId: '0199c0de-0000-7000-8000-00000000e001',
    customerId: '0199c0de-0000-7000-8000-000000000001',
    members: ['0199c0de-0000-7000-8000-000000000001'],
    persons: ['user_id:u-81', 'email:ada@example.org'],
    requestedAt: '2026-11-20T10:00:00.000Z',
  },
});
