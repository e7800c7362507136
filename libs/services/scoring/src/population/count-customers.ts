import { elements } from '@sestante/engagement';
import type { PoolClient } from 'pg';
import type { ScoreExpressions } from '../read-model/score-expressions.ts';
import { Counted, type Counts } from './counted.ts';
import { bucketsPerPoint } from './spread.ts';
import { leastConfidence, leastDrop } from './summary-response.ts';

/** What is counted of each customer, in this order: the overall score, the bond of each element, and whether the customer is loyal. */
const counted = ['overall', ...elements, 'loyal'] as const;
/** The codes of one of them: a bucket, or one of these. */
const codesOfOne = 1024;
const noScore = codesOfOne - 1;
const loyalCode = 1;

interface Row {
  readonly code: number;
  readonly customers: number;
  readonly sum: number | null;
  readonly falling: number;
}

/**
 * Counts all customers of the read model, or those that meet a condition over `c`, in one scan. Each customer gives a code for everything that is counted: the score in tenths of a point.
 *
 * @param condition its parameters follow those of the expressions
 */
export async function countCustomers(
  client: PoolClient,
  expressions: ScoreExpressions,
  condition: { readonly text: string; readonly values: readonly unknown[] } = { text: 'true', values: [] },
): Promise<Counts> {
  const { overall, scores, falling } = columnsOf(expressions);
  const lists = {
    code: [overall.code, ...scores.map(({ code }) => code), loyalOf(expressions)],
    score: [overall.score, ...scores.map(({ score }) => score), 'null::float8'],
    falling: ['false', ...falling, 'false'],
  };
  const { rows } = await client.query<Row>(
    `select s.code, count(*)::float8 as customers, sum(s.score) as sum, count(*) filter (where s.falling)::float8 as falling
       from (select ${Object.entries(lists)
         .map(([name, list]) => `unnest(array[${list.join(', ')}]) as ${name}`)
         .join(', ')}
               from scoring.customer_score c where ${expressions.where} and ${condition.text}) as s
      group by s.code`,
    [...expressions.values, ...condition.values],
  );
  return toCounts(rows);
}

function columnsOf({ columnOf, elements: byElement }: ScoreExpressions) {
  const codeOf = (score: string, isCounted: string, index: number) =>
    `case when ${isCounted} then least(999, floor(${score} * ${bucketsPerPoint}))::int else ${noScore} end + ${index * codesOfOne}`;
  const overall = columnOf('overall')!.sql as string;
  return {
    overall: { code: codeOf(overall, `${overall} is not null`, 0), score: overall },
    scores: elements.map((element, index) => {
      const { bond, confidence } = byElement[element];
      return { code: codeOf(bond, `${confidence} >= ${leastConfidence}`, index + 1), score: bond };
    }),
    falling: elements.map((element) => `coalesce(${byElement[element].drop} >= ${leastDrop}, false)`),
  };
}

const loyalOf = ({ loyal }: ScoreExpressions) =>
  `case when ${loyal} then ${loyalCode} else 0 end + ${counted.indexOf('loyal') * codesOfOne}`;

function toCounts(rows: readonly Row[]): Counts {
  const all = new Counted();
  for (const { code, customers, sum, falling } of rows) {
    const [name, bucket] = [counted[Math.floor(code / codesOfOne)]!, code % codesOfOne];
    if (name === 'loyal') {
      all.customers += customers;
      if (bucket === loyalCode) all.loyal = customers;
    } else if (name === 'overall') {
      if (bucket !== noScore) all.overall.add(bucket, { customers, sum: sum ?? 0 });
    } else {
      const element = all.elements[name];
      if (bucket === noScore) element.tooLittle += customers;
      else {
        element.bond.add(bucket, { customers, sum: sum ?? 0 });
        element.falling += falling;
      }
    }
  }
  return all.counts();
}
