import { Instant } from '@sestante/contracts';
import { elements, scales } from '@sestante/engagement';
import { type Static, Type } from 'typebox';

const Score = Type.Union([Type.Number({ minimum: 0, maximum: 100 }), Type.Null()], {
  description: 'null without evidence.',
});

const ElementScore = Type.Object(
  {
    bond: Score,
    mood: Score,
    drop: Type.Union([Type.Number({ minimum: -100, maximum: 100 }), Type.Null()], {
      description: 'How far recent experience is below the bond; 0 when there was none lately.',
    }),
    confidence: Type.Number({ minimum: 0, maximum: 1, description: 'How much of the bond was observed.' }),
    evidence: Type.Integer({ minimum: 0, description: 'How many activities spoke of the element.' }),
  },
  { $id: 'ElementScore' },
);

/** The six scores of a customer at an instant. */
export const ShownScores = Type.Object(
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
export type ShownScores = Static<typeof ShownScores>;

/** Why a score is what it is: the score is the base and the sum of the contributions. */
export const ShownExplanation = Type.Object(
  {
    element: Type.Enum([...elements]),
    scale: Type.Enum([...scales]),
    at: Instant,
    base: Type.Number({ description: 'The score without evidence.' }),
    score: Score,
    contributions: Type.Array(
      Type.Object({
        activityId: Type.String({ description: 'The activity; or what stands for the spread between channels.' }),
        name: Type.String(),
        at: Instant,
        weight: Type.Number({ description: 'What is left of its weight, in observations.' }),
        valence: Type.Number({ minimum: 0, maximum: 1, description: 'How good it was.' }),
        contribution: Type.Number({ description: 'In points of the score.' }),
      }),
    ),
  },
  { $id: 'Explanation' },
);
export type ShownExplanation = Static<typeof ShownExplanation>;
