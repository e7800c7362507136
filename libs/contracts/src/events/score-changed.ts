import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { activityScored, scored } from './activity-scored.ts';

const schema = Type.Object(
  {
    ...scored,
    change: Type.Record(Type.String(), Type.Object({ bond: Type.Number(), mood: Type.Number() }), {
      description: 'The changes since the last version, by element, for the elements that changed.',
    }),
  },
  { $id: 'score-changed.v1' },
);

export type ScoreChanged = Static<typeof schema>;

export const scoreChanged = eventType({
  type: 'engagement.score.changed.v1',
  description: 'An activity was scored, and a score of the customer changed noticeably.',
  schema,
  example: { ...activityScored.example, change: { value: { bond: 1.4, mood: 6.1 } } },
});
