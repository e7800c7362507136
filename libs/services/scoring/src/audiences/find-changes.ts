import { uuidArray } from '@sestante/postgres';
import type { Rule } from '@sestante/rules';
import type { PoolClient } from 'pg';
import { type ScoreExpressions, scoreExpressions, type ScoreRows } from '../read-model/score-expressions.ts';
import type { MembershipChange } from '../store/audience-members.ts';
import { holdsSql } from './condition-of.ts';

/** An audience with its whole rule: it asks for no other audience. */
export interface AudienceRule {
  readonly audienceId: string;
  readonly rule: Rule;
}

/** Postgres allows 65,535 parameters of a statement. */
const mostParameters = 20_000;

export interface AskedChanges {
  readonly audiences: readonly AudienceRule[];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Only these customers; all if it is absent. */
  readonly customerIds?: readonly string[];
  /** The most customers. */
  readonly limit: number;
}

/**
 * Who has to enter or leave audiences, because a rule holds and they are no member, or the reverse. One scan for all audiences: for each customer, the audiences
 * whose rules hold are compared with those that it is a member of. Who has no row is a member of nothing.
 */
export async function findChanges(
  client: PoolClient,
  rows: ScoreRows,
  asked: AskedChanges,
): Promise<MembershipChange[]> {
  const expressions = scoreExpressions(rows, asked.at);
  const changes: MembershipChange[] = [];
  for (const audiences of partsOf(asked.audiences, expressions))
    changes.push(...(await findIn(client, expressions, { ...asked, audiences })));
  return changes;
}

interface Found {
  readonly customerId: string;
  readonly wanted: readonly string[];
  readonly present: readonly string[];
}

async function findIn(
  client: PoolClient,
  expressions: ScoreExpressions,
  { audiences, customerIds, limit }: AskedChanges,
): Promise<MembershipChange[]> {
  const values: unknown[] = [...expressions.values];
  const bind = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  const wanted = audiences.map(({ audienceId, rule }) => {
    const condition = holdsSql(expressions, rule, values.length + 1);
    values.push(...condition.values);
    return `case when ${condition.text} then ${bind(audienceId, 'text')} end`;
  });
  const all = bind(uuidArray(audiences.map(({ audienceId }) => audienceId)), 'uuid[]');
  const only = customerIds && bind(uuidArray(customerIds), 'uuid[]');
  const { rows } = await client.query<Found>(
    `with wanted as (
       select c.customer_id, array_remove(array[${wanted.join(', ')}], null) as ids
         from scoring.customer_score c where ${expressions.where} ${only ? `and c.customer_id = any(${only})` : ''}),
     present as (
       select customer_id, array_agg(audience_id::text order by audience_id) as ids from scoring.audience_member
        where transitions % 2 = 1 and audience_id = any(${all}) ${only ? `and customer_id = any(${only})` : ''} group by 1)
     select customer_id as "customerId", coalesce(wanted.ids, '{}') as wanted, coalesce(present.ids, '{}') as present
       from wanted full join present using (customer_id)
      where coalesce(wanted.ids, '{}') <> coalesce(present.ids, '{}') limit ${bind(limit, 'int')}`,
    values,
  );
  return rows.flatMap(({ customerId, wanted: now, present }) =>
    differenceOf(now, present).map((audienceId) => ({ customerId, audienceId })),
  );
}

const differenceOf = (one: readonly string[], other: readonly string[]) => [
  ...one.filter((id) => !other.includes(id)),
  ...other.filter((id) => !one.includes(id)),
];

/** The audiences in their order, in parts that fit into a statement. */
function* partsOf(audiences: readonly AudienceRule[], expressions: ScoreExpressions): Generator<AudienceRule[]> {
  let [part, count]: [AudienceRule[], number] = [[], 0];
  for (const audience of audiences.toSorted((one, other) => (one.audienceId < other.audienceId ? -1 : 1))) {
    const { values } = holdsSql(expressions, audience.rule, 1);
    if (part.length > 0 && count + values.length > mostParameters) {
      yield part;
      [part, count] = [[], 0];
    }
    part.push(audience);
    count += values.length + 1;
  }
  if (part.length > 0) yield part;
}
