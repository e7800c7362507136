import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { Id, Instant, Moves } from './shapes.ts';

/** Members that belong to another customer from now on. */
export const moved = {
  customerId: Type.String({ format: 'uuid', description: 'The customer that the members belong to now.' }),
  formerId: Type.String({ format: 'uuid', description: 'The customer that they belonged to before.' }),
  members: Type.Array(Type.Object({ memberId: Id, moves: Moves }), { minItems: 1 }),
  movedAt: Instant,
};

const schema = Type.Object(moved, { $id: 'customers-merged.v1' });

export type CustomersMerged = Static<typeof schema>;

export const customersMerged = eventType({
  type: 'engagement.customers.merged.v1',
  description:
    'Two customers turned out to be one person. `formerId` has no members any more; it stays another name of `customerId`. The message is published twice, with each of the two as its key.',
  schema,
  example: {
    customerId: '0199c0de-0000-7000-8000-000000000001',
    formerId: '0199c0de-0000-7000-8000-000000000003',
    members: [{ memberId: '0199c0de-0000-7000-8000-000000000003', moves: 1 }],
    movedAt: '2026-11-20T10:00:01.000Z',
  },
});
