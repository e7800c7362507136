import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { Cause, ElementScores, Id, Instant, OverallScore } from './shapes.ts';

const schema = Type.Object(
  {
    customerId: Id,
    version: Type.Integer({
      minimum: 1,
      description: 'Grows with every change of the customer: ignore what you have seen.',
    }),
    model: Type.String({ minLength: 1 }),
    at: Instant,
    overall: OverallScore,
    elements: ElementScores,
    change: Type.Record(Type.String(), Type.Object({ bond: Type.Number(), mood: Type.Number() }), {
      description: 'By how much the elements moved, since the last version, that moved at all.',
    }),
    cause: Cause,
    position: Type.Optional(
      Type.Object(
        { partition: Type.Integer({ minimum: 0 }), offset: Type.Integer({ minimum: 0 }) },
        {
          description:
            'Where the cause stands on engagement.customers.v1, for whoever reads both topics and has to have read up to it.',
        },
      ),
    ),
  },
  { $id: 'score-changed.v1' },
);

export type ScoreChanged = Static<typeof schema>;

const unknown = { bond: null, mood: null, drop: null, confidence: 0 };

export const scoreChanged = eventType({
  type: 'engagement.score.changed.v1',
  says: 'A score of the customer moved enough to matter.',
  schema,
  example: {
    customerId: '0199c0de-0000-7000-8000-000000000001',
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
    change: { value: { bond: 1.4, mood: 6.1 } },
    cause: {
      activityId: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a01',
      name: 'order.completed',
      channel: 'web',
      timestamp: '2026-11-20T10:00:00.000Z',
    },
    position: { partition: 2, offset: 41_200 },
  },
});
