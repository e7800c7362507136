import { Instant } from '@sestante/contracts';
import { elements, type Element } from '@sestante/engagement';
import { type Static, Type } from 'typebox';
import { Because, ScoresResponse } from '../scores-response.ts';

export const ShadowResponse = Type.Object(
  {
    version: Type.String(),
    state: Type.Enum(['running', 'paused', 'done', 'failed']),
    progress: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'The share of the members that were read; 1 if it is done.',
    }),
    members: Type.Integer({
      minimum: 0,
      description: 'The members that were read. Those that changed meanwhile count again.',
    }),
    activities: Type.Integer({ minimum: 0, description: 'Their activities.' }),
    total: Type.Integer({ minimum: 0, description: 'The members at the start.' }),
    fault: Type.Union([Type.String(), Type.Null()], { description: 'Why it has failed.' }),
    startedAt: Instant,
    finishedAt: Type.Union([Instant, Type.Null()]),
  },
  { $id: 'Shadow' },
);
export type ShadowResponse = Static<typeof ShadowResponse>;

const Points = Type.Number({ description: 'In points of the score.' });
const Share = Type.Object({ count: Type.Integer({ minimum: 0 }), contribution: Points }, { $id: 'RuleShare' });

const RuleDifference = Type.Object(
  {
    element: Type.Enum([...elements]),
    name: Type.String({
      description:
        'The activity; or `base`, `earlier` (activities that are no longer kept), `rhythm`, `channel spread`.',
    }),
    because: Type.Union([Because, Type.Null()], {
      description: 'The reason of the rule that moves the score most; null without a rule.',
    }),
    before: Share,
    after: Share,
    change: Points,
  },
  { $id: 'RuleDifference' },
);

export const DryRunResponse = Type.Object(
  {
    customerId: Type.String({ format: 'uuid' }),
    before: ScoresResponse,
    after: ScoresResponse,
    rules: Type.Array(RuleDifference, {
      description:
        'What each activity contributes to the bonds under both models, the largest change of an element first. They add up to the bonds, and for an element without evidence to its base.',
    }),
  },
  { $id: 'ModelDryRun' },
);
export type DryRunResponse = Static<typeof DryRunResponse>;

const ScoreDifference = Type.Object(
  {
    customers: Type.Integer({ minimum: 0, description: 'The customers who have the score under both models.' }),
    onlyBefore: Type.Integer({ minimum: 0 }),
    onlyAfter: Type.Integer({ minimum: 0 }),
    moved: Type.Integer({ minimum: 0, description: 'Those whose score moves by half a point or more.' }),
    change: Type.Union([Type.Object({ mean: Points, p5: Points, p50: Points, p95: Points }), Type.Null()]),
    rankCorrelation: Type.Union([Type.Number({ minimum: -1, maximum: 1 }), Type.Null()], {
      description: 'By Spearman; null if it is not defined.',
    }),
  },
  { $id: 'ScoreDifference' },
);

const LoyalShare = Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()], {
  description: 'Null if the model does not define who is loyal.',
});

const scoreDifferences = Object.fromEntries(
  (['overall', ...elements] as const).map((name) => [name, ScoreDifference]),
) as Record<Element | 'overall', typeof ScoreDifference>;

export const DifferencesResponse = Type.Object(
  {
    before: Type.String({ description: 'The version of the live model.' }),
    after: Type.String({ description: 'The version of the other one.' }),
    at: Instant,
    compared: Type.Integer({ minimum: 0, description: 'The number of customers that were compared.' }),
    share: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'Which share of all customers they are: 1 up to 200,000.',
    }),
    scores: Type.Object(scoreDifferences, { description: 'The bonds of the elements, and the overall score.' }),
    loyal: Type.Object(
      { before: LoyalShare, after: LoyalShare },
      { description: 'The share of the customers who are loyal, by the definition of each model.' },
    ),
    movers: Type.Array(
      Type.Object({
        customerId: Type.String({ format: 'uuid' }),
        before: Points,
        after: Points,
        element: Type.Enum([...elements]),
        reasons: Type.Array(RuleDifference),
      }),
      { description: 'The customers whose overall score moves most, with the element that moves most and why.' },
    ),
  },
  { $id: 'ModelDifferences' },
);
export type DifferencesResponse = Static<typeof DifferencesResponse>;
