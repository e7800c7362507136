import { Type } from 'typebox';
import { type Static } from 'typebox';
import { eventType } from '../topic.ts';
import { activityReceived } from './activity-received.ts';

const schema = Type.Object(
  {
    code: Type.String({ description: 'Such as `id-reused`.' }),
    reason: Type.String(),
    activity: Type.Omit(activityReceived.schema, [], { description: 'As it was received.' }),
  },
  { $id: 'activity-refused.v1' },
);

/** Why an activity is refused whose message id is that of another one. */
export const idReused = {
  code: 'id-reused',
  reason: 'another event was sent under this message id: send this one under an id of its own',
};

export type ActivityRefused = Static<typeof schema>;

export const activityRefused = eventType({
  type: 'engagement.activity.refused.v1',
  says: 'An activity that ingest had accepted cannot be used after all: its source hears of it where it sees its rejected events.',
  schema,
  example: { ...idReused, activity: activityReceived.example },
});
