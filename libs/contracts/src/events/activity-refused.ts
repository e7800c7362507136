import { Type } from 'typebox';
import { type Static } from 'typebox';
import { eventType } from '../topic.ts';
import { activityReceived } from './activity-received.ts';

const schema = Type.Object(
  {
    code: Type.String({ description: 'A stable code, such as `id-reused`.' }),
    reason: Type.String(),
    activity: Type.Omit(activityReceived.schema, [], { description: 'The activity as received.' }),
  },
  { $id: 'activity-refused.v1' },
);

/** The code and reason for an activity whose message id belongs to another activity. */
export const idReused = {
  code: 'id-reused',
  reason: 'another event was sent with this message id: send this event with its own id',
};

export type ActivityRefused = Static<typeof schema>;

export const activityRefused = eventType({
  type: 'engagement.activity.refused.v1',
  description: 'An activity that ingest accepted cannot be used. It is listed among the rejected events of its source.',
  schema,
  example: { ...idReused, activity: activityReceived.example },
});
