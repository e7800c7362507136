import { Instant, VouchedBy } from '@sestante/contracts';
import { elements, scales } from '@sestante/engagement';
import { type Static, Type } from 'typebox';

const Score = Type.Union([Type.Number({ minimum: 0, maximum: 100 }), Type.Null()], {
  description: 'From 0 to 100; null without evidence.',
});

const ElementScore = Type.Object(
  {
    bond: Score,
    mood: Score,
    drop: Type.Union([Type.Number({ minimum: -100, maximum: 100 }), Type.Null()], {
      description: 'How far recent experience is below the bond, in points; 0 without recent evidence.',
    }),
    confidence: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'The share of the bond that was observed, not assumed.',
    }),
    evidence: Type.Integer({ minimum: 0, description: 'The number of activities with evidence for the element.' }),
  },
  { $id: 'ElementScore' },
);

/** The six scores of a customer at an instant. */
export const ScoresResponse = Type.Object(
  {
    customerId: Type.String({ format: 'uuid' }),
    model: Type.String({ description: 'The version of the model.' }),
    at: Instant,
    overall: Score,
    elements: Type.Object({
      value: ElementScore,
      efficiency: ElementScore,
      trust: ElementScore,
      coherence: ElementScore,
      relevance: ElementScore,
      control: ElementScore,
    }),
  },
  { $id: 'Scores' },
);
export type ScoresResponse = Static<typeof ScoresResponse>;

/** The activities whose evidence is no longer kept, as one contribution. */
const Earlier = Type.Object(
  {
    activities: Type.Integer({ minimum: 1, description: 'The number of activities with evidence for the element.' }),
    until: Instant,
    weight: Type.Number({ minimum: 0, description: 'The decayed weight of all of them, in observations.' }),
    valence: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'How good they were, from 0 to 1: the weighted mean.',
    }),
    contribution: Type.Number({ description: 'In points of the score.' }),
  },
  { $id: 'EarlierActivities' },
);

/** The explanation of a score: the score equals the base plus the sum of the contributions, with that of `earlier`. */
export const ExplanationResponse = Type.Object(
  {
    element: Type.Enum([...elements]),
    scale: Type.Enum([...scales]),
    at: Instant,
    base: Type.Number({ description: 'The score without evidence.' }),
    score: Score,
    contributions: Type.Array(
      Type.Object({
        activityId: Type.String({
          description: 'The id of the activity, or `channel-spread` for the spread between channels.',
        }),
        name: Type.String(),
        at: Instant,
        weight: Type.Number({ description: 'The decayed weight, in observations.' }),
        valence: Type.Number({ minimum: 0, maximum: 1, description: 'How good the experience was, from 0 to 1.' }),
        contribution: Type.Number({ description: 'In points of the score.' }),
        vouchedBy: Type.Optional(VouchedBy),
        trust: Type.Optional(
          Type.Number({
            minimum: 0,
            maximum: 1,
            description: 'How much the model trusts who vouches for the activity: a factor that is in the weight.',
          }),
        ),
      }),
    ),
    earlier: Type.Union([Earlier, Type.Null()], {
      description:
        'The activities whose evidence is no longer kept, as one more contribution; null without any for the element. `until` is the latest of the customer.',
    }),
  },
  { $id: 'Explanation' },
);
export type ExplanationResponse = Static<typeof ExplanationResponse>;
