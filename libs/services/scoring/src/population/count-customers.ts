import { elements } from '@sestante/engagement';
import type { PoolClient } from 'pg';
import type { ScoreExpressions } from '../read-model/score-expressions.ts';
import { Counted, type Counts } from './counted.ts';
import { bucketsPerPoint } from './spread.ts';
import { leastConfidence, leastDrop } from './summary-response.ts';

/** What is counted of each customer, in this order: the overall score, the bond of each element, and whether the customer is loyal. */
const counted = ['overall', ...elements, 'loyal'] as const;
/** The codes of one of them: a bucket, or `noScore`. */
const codesOfOne = 1024;
const noScore = codesOfOne - 1;
const loyalBucket = 10;

interface Row {
  readonly code: number;
  readonly customers: number;
  readonly sum: number | null;
  readonly falling: number;
}

/**
 * Counts all customers of the read model, or those that meet a condition over `c`, in one scan. Each customer gives a row for everything that is counted, and each row has a code: the
 * score in tenths of a point. The inner query has sets in its list, so that it computes each score once: Postgres would copy its expressions into the outer one.
 *
 * @param condition its parameters follow those of the expressions
 */
export async function countCustomers(
  client: PoolClient,
  expressions: ScoreExpressions,
  condition: { readonly text: string; readonly values: readonly unknown[] } = { text: 'true', values: [] },
): Promise<Counts> {
  const lists = Object.entries(listsOf(expressions)).map(
    ([name, list]) => `unnest(array[${list.join(', ')}]) as ${name}`,
  );
  const isCounted = `s.confidence >= ${leastConfidence} and s.score is not null`;
  const { rows } = await client.query<Row>(
    `select s.first + case when ${isCounted} then least(999, floor(s.score * ${bucketsPerPoint}))::int else ${noScore} end as code,
            count(*)::float8 as customers, sum(s.score) as sum, count(*) filter (where s.fall >= ${leastDrop})::float8 as falling
       from (select ${lists.join(', ')}
               from scoring.customer_score c where ${expressions.where} and ${condition.text}) as s
      group by 1`,
    [...expressions.values, ...condition.values],
  );
  return toCounts(rows);
}

/** One item of each list for each of `counted`. Who is loyal has the score of the bucket `loyalBucket`, others have none. */
function listsOf({ columnOf, elements: byElement, loyal }: ScoreExpressions): Record<string, readonly string[]> {
  const each = (part: 'bond' | 'confidence' | 'drop') => elements.map((element) => byElement[element][part]);
  const isLoyal = `case when ${loyal} then ${loyalBucket / bucketsPerPoint} end`;
  return {
    first: counted.map((_, index) => `${index * codesOfOne}`),
    score: [columnOf('overall')!.sql as string, ...each('bond'), isLoyal],
    confidence: ['1', ...each('confidence'), '1'],
    fall: ['0', ...each('drop'), '0'],
  };
}

function toCounts(rows: readonly Row[]): Counts {
  const all = new Counted();
  for (const { code, customers, sum, falling } of rows) {
    const [name, bucket] = [counted[Math.floor(code / codesOfOne)]!, code % codesOfOne];
    if (name === 'loyal') {
      all.customers += customers;
      if (bucket === loyalBucket) all.loyal = customers;
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
