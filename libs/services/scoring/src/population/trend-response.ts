import { Instant } from '@sestante/contracts';
import { elements } from '@sestante/engagement';
import { type Static, Type } from 'typebox';
import { Because } from '../scores-response.ts';

const Score = Type.Number({ minimum: 0, maximum: 100 });
const ScoreOrNull = Type.Union([Score, Type.Null()]);
const Points = Type.Number({ description: 'In points.' });

/** The bonds of all customers, day by day. */
export const TrendResponse = Type.Object(
  {
    model: Type.String({ description: 'The version of the model.' }),
    element: Type.Enum([...elements]),
    items: Type.Array(
      Type.Object({
        day: Type.String({ format: 'date', description: 'The scores are those at its end, in UTC.' }),
        mean: ScoreOrNull,
        q1: ScoreOrNull,
        median: ScoreOrNull,
        q3: ScoreOrNull,
        customers: Type.Integer({ minimum: 0, description: 'With enough evidence; the numbers before are theirs.' }),
        tooLittle: Type.Integer({ minimum: 0 }),
        falling: Type.Integer({ minimum: 0 }),
        loyal: Type.Integer({ minimum: 0, description: 'Of all customers.' }),
      }),
      { description: 'Oldest first. A day without customers, and one that is not counted yet, is left out.' },
    ),
  },
  { $id: 'ScoreTrend' },
);
export type TrendResponse = Static<typeof TrendResponse>;

const Mover = Type.Object(
  {
    customerId: Type.String({ format: 'uuid' }),
    before: Score,
    now: Score,
    change: Points,
  },
  { $id: 'Mover' },
);

/** How the bond of an element has changed over all customers with enough evidence, and by what. */
export const MoversResponse = Type.Object(
  {
    at: Instant,
    model: Type.String({ description: 'The version of the model.' }),
    element: Type.Enum([...elements]),
    days: Type.Integer({ description: 'The changes are those of so many days until `at`.' }),
    customers: Type.Integer({ minimum: 0 }),
    mean: Type.Union([Type.Object({ before: Score, now: Score, change: Points }), Type.Null()], {
      description: 'Null without customers. A score without evidence counts with its base.',
    }),
    fell: Type.Array(Mover, { description: 'The largest falls first.' }),
    rose: Type.Array(Mover, { description: 'The largest rises first.' }),
    causes: Type.Array(
      Type.Object({
        name: Type.String({
          description:
            'The name of the activities; `rhythm` for silence, `channel spread`, or `time` for what has faded of earlier activities.',
        }),
        rule: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
          description: 'The index of the rule in the model; null without a rule.',
        }),
        because: Type.Union([Because, Type.Null()], { description: 'Null for `time`.' }),
        count: Type.Integer({ minimum: 0, description: 'The number of activities.' }),
        contribution: Type.Number({ description: 'In points, the mean over all customers.' }),
      }),
      { description: 'The largest first. They add up to `mean.change`.' },
    ),
  },
  { $id: 'Movers' },
);
export type MoversResponse = Static<typeof MoversResponse>;
