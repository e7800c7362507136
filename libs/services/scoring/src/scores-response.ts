import { Instant, VouchedBy } from '@sestante/contracts';
import { elements, scales } from '@sestante/engagement';
import { type Static, Type } from 'typebox';

export const Score = Type.Union([Type.Number({ minimum: 0, maximum: 100 }), Type.Null()], {
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

export const Because = Type.Object(
  { en: Type.String(), de: Type.String(), it: Type.String() },
  { $id: 'Because', description: 'The reason in the model, in words.' },
);

/** Whether the customer is loyal by the definition of the model: if all conditions hold. */
const Loyalty = Type.Object(
  {
    isLoyal: Type.Boolean(),
    because: Because,
    conditions: Type.Array(
      Type.Object({
        place: Type.String({ description: 'In the definition, such as `all[0]`; empty for the definition itself.' }),
        rule: Type.Object({}, { description: 'The condition, in the rule language.' }),
        holds: Type.Boolean(),
        values: Type.Record(Type.String(), Type.Unknown(), {
          description: 'The fields that it asks, with the values of the customer; null without a value.',
        }),
      }),
    ),
  },
  { $id: 'Loyalty' },
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
    loyal: Type.Union([Loyalty, Type.Null()], { description: 'Null if the model does not define who is loyal.' }),
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

const Silence = Type.Object(
  {
    purchases: Type.Integer({ minimum: 1 }),
    usualDays: Type.Number({ description: 'The expected days between two purchases of this customer.' }),
    silentDays: Type.Number({ minimum: 0, description: 'The days since the last purchase.' }),
    chance: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'The chance that a customer who still buys as before is silent for so long.',
    }),
    surprise: Type.Number({ minimum: 0, maximum: 1, description: '1 − chance.' }),
  },
  { $id: 'Silence' },
);

/** For people; the exact number is `contribution`. */
const Points = Type.Number({ description: 'The contribution, rounded to one decimal: for people.' });

const Group = Type.Object(
  {
    name: Type.String({
      description:
        'The name of the activities; `rhythm`, `channel spread`, or `earlier` for those that are no longer kept.',
    }),
    rule: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
      description: 'The index of the rule in the model; null without a rule.',
    }),
    count: Type.Integer({ minimum: 0, description: 'The number of activities; 1 for rhythm and spread.' }),
    contribution: Type.Number({ description: 'In points of the score.' }),
    points: Points,
    because: Type.Union([Because, Type.Null()], { description: 'Null for `earlier`.' }),
  },
  { $id: 'ExplanationGroup' },
);

/** The explanation of a score: the score equals the base plus the sum of the contributions, with those of `others` and `earlier`. */
export const ExplanationResponse = Type.Object(
  {
    model: Type.String({ description: 'The version of the model.' }),
    element: Type.Enum([...elements]),
    scale: Type.Enum([...scales]),
    at: Instant,
    base: Type.Number({ description: 'The score without evidence.' }),
    score: Score,
    groups: Type.Array(Group, {
      description: 'By rule of the model, the largest first. Base and groups add up to the score.',
    }),
    contributions: Type.Array(
      Type.Object({
        activityId: Type.String({
          description:
            'The id of the activity; `rhythm` for the silence since the last purchase, `channel-spread` for the spread between channels.',
        }),
        name: Type.String(),
        at: Instant,
        weight: Type.Number({ description: 'The decayed weight, in observations.' }),
        valence: Type.Number({ minimum: 0, maximum: 1, description: 'How good the experience was, from 0 to 1.' }),
        contribution: Type.Number({ description: 'In points of the score.' }),
        points: Points,
        because: Because,
        silence: Type.Optional(Silence),
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
    others: Type.Union(
      [
        Type.Object({
          count: Type.Integer({ minimum: 1 }),
          contribution: Type.Number({ description: 'In points of the score.' }),
          points: Points,
        }),
        Type.Null(),
      ],
      { description: 'The contributions that are not listed one by one, as a sum: see `limit`. Null without any.' },
    ),
    earlier: Type.Union([Earlier, Type.Null()], {
      description:
        'The activities whose evidence is no longer kept, as one more contribution; null without any for the element. `until` is the latest of the customer.',
    }),
    without: Type.Optional(
      Type.Object(
        {
          activityId: Type.String({ format: 'uuid' }),
          score: Score,
          change: Type.Union([Type.Number({ minimum: -100, maximum: 100 }), Type.Null()], {
            description: 'That score minus `score`; null if one of them is null.',
          }),
        },
        {
          $id: 'ScoreWithout',
          description:
            'Only with `without`: the score if this activity had not happened. What else was told about its matter counts instead of it, so the change is not always its contribution.',
        },
      ),
    ),
  },
  { $id: 'Explanation' },
);
export type ExplanationResponse = Static<typeof ExplanationResponse>;
