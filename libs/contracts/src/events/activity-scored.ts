import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { acted, customerActed } from './customer-acted.ts';
import { ElementScores, Instant, OverallScore } from './shapes.ts';

const Scores = Type.Object(
  {
    version: Type.Integer({
      minimum: 0,
      description:
        'Increases when a score changes noticeably; 0 before the first change. Ignore versions that you have processed.',
    }),
    model: Type.String({ minLength: 1 }),
    at: Instant,
    overall: OverallScore,
    elements: ElementScores,
  },
  { description: 'The scores of the customer after the activity.' },
);

/** An activity of a customer, with the standing and the scores after it. */
export const scored = { ...acted, scores: Scores };

const schema = Type.Object(scored, { $id: 'activity-scored.v1' });

export type ActivityScored = Static<typeof schema>;

const unknown = { bond: null, mood: null, drop: null, confidence: 0 };

export const activityScored = eventType({
  type: 'engagement.activity.scored.v1',
  description: 'An activity was scored, and no score changed noticeably.',
  schema,
  example: {
    ...customerActed.example,
    scores: {
      version: 3,
      model: 'retail-1',
      at: '2026-11-20T10:00:00.000Z',
      overall: 58.2,
      elements: {
        value: { bond: 61.4, mood: 70.1, drop: -9.6, confidence: 0.32 },
        efficiency: { bond: 55, mood: 60, drop: -4.2, confidence: 0.2 },
        trust: unknown,
        coherence: unknown,
        relevance: unknown,
        control: unknown,
      },
    },
  },
});
