import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { customersMerged, moved } from './customers-merged.ts';

const schema = Type.Object(moved, { $id: 'customers-split.v1' });

export type CustomersSplit = Static<typeof schema>;

export const customersSplit = eventType({
  type: 'engagement.customers.split.v1',
  description:
    'Members of a customer turned out to be of another person. `formerId` keeps its other members. The message is published twice, with each of the two as its key.',
  schema,
  example: {
    ...customersMerged.example,
    customerId: '0199c0de-0000-7000-8000-000000000003',
    formerId: '0199c0de-0000-7000-8000-000000000001',
    members: [{ memberId: '0199c0de-0000-7000-8000-000000000003', moves: 2 }],
  },
});
