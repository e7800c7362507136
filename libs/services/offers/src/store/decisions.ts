import type { Candidate } from '@sestante/offer-policy';
import { intArray, jsonArray, textArray, timestampArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/** Partitioned by month, by the time of the decision. */
export const decisionTable = { schema: 'offers', table: 'decision' } as const;

/** The activity that led to a decision. */
export interface Cause {
  readonly activityId: string;
  readonly name: string;
  readonly channel: 'web' | 'mobile' | 'store' | 'service' | 'other';
  readonly timestamp: string;
}

/** A stored decision, with every candidate and its gates. */
export interface StoredDecision {
  readonly decisionId: string;
  readonly customerId: string;
  readonly result: 'offer' | 'no-deal';
  readonly cause: Cause;
  readonly candidates: readonly Candidate[];
  readonly reasons: readonly string[];
  /** The version of the contact policy at the time of the decision. */
  readonly policyVersion: number;
  readonly decidedAt: string;
}

/** What is published of a decision. */
export type PublishedDecision = Omit<StoredDecision, 'result' | 'candidates' | 'policyVersion'>;

/** Where to look for the decision on a cause. */
export interface DecisionKey {
  readonly customerId: string;
  readonly decisionId: string;
}

const columns = `decision_id as "decisionId", customer_id as "customerId", cause, reasons, decided_at as "decidedAt"`;
const allColumns = `${columns}, result, candidates, policy_version as "policyVersion"`;
type Row<Decision extends PublishedDecision> = Omit<Decision, 'decidedAt'> & { decidedAt: Date };
const inDocumentForm = <Decision extends PublishedDecision>(row: Row<Decision>) => ({
  ...row,
  decidedAt: row.decidedAt.toISOString(),
});

/**
 * The stored decisions among `keys` that were made since an instant (milliseconds since 1970), by id. Months before that instant are not read.
 */
export async function findDecisions(
  client: PoolClient,
  keys: readonly DecisionKey[],
  since: number,
): Promise<Map<string, PublishedDecision>> {
  // `limit` makes the server look up each key by the index, for any number of keys.
  const { rows } = await client.query<Row<PublishedDecision>>({
    name: 'offers-find-decisions',
    text: `
      select found.* from unnest($1::uuid[], $2::uuid[]) as one (customer, decision)
        cross join lateral (select ${columns} from offers.decision
          where customer_id = one.customer and decision_id = one.decision and decided_at >= $3 limit 1) as found`,
    values: [
      uuidArray(keys.map(({ customerId }) => customerId)),
      uuidArray(keys.map(({ decisionId }) => decisionId)),
      new Date(since),
    ],
  });
  return new Map(rows.map((row) => [row.decisionId, inDocumentForm(row)]));
}

/** Adds decisions, which must be new, with their positions in the batch. Their months must have partitions: see `MonthlyPartitions`. */
export async function addDecisions(client: PoolClient, decisions: readonly StoredDecision[]): Promise<void> {
  if (decisions.length === 0) return;
  await client.query({
    name: 'offers-add-decisions',
    text: `
      insert into offers.decision (decision_id, customer_id, result, cause, candidates, reasons, policy_version, decided_at, nth)
      select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::json[], $5::json[], $6::json[], $7::int[], $8::timestamptz[], $9::int[])`,
    values: [
      uuidArray(decisions.map(({ decisionId }) => decisionId)),
      uuidArray(decisions.map(({ customerId }) => customerId)),
      textArray(decisions.map(({ result }) => result)),
      jsonArray(decisions.map(({ cause }) => JSON.stringify(cause))),
      jsonArray(decisions.map(({ candidates }) => JSON.stringify(candidates))),
      jsonArray(decisions.map(({ reasons }) => JSON.stringify(reasons))),
      intArray(decisions.map(({ policyVersion }) => policyVersion)),
      timestampArray(decisions.map(({ decidedAt }) => Date.parse(decidedAt))),
      intArray(decisions.map((_, nth) => nth)),
    ],
  });
}

/** The decisions for a customer, newest first: the first ones, or those before another one. None if the customer has no such decision. */
export async function readDecisions(
  dataSource: DataSource,
  customerId: string,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<StoredDecision[]> {
  const newestFirst = 'order by decided_at desc, nth desc, decision_id desc limit $2';
  const rows = await (before === undefined
    ? dataSource.query<Row<StoredDecision>[]>(
        `select ${allColumns} from offers.decision where customer_id = $1 ${newestFirst}`,
        [customerId, limit],
      )
    : dataSource.query<Row<StoredDecision>[]>(
        `select ${allColumns} from offers.decision
          where customer_id = $1 and (decided_at, nth, decision_id) <
                (select decided_at, nth, decision_id from offers.decision where customer_id = $1 and decision_id = $3 limit 1)
          ${newestFirst}`,
        [customerId, limit, before],
      ));
  return rows.map(inDocumentForm);
}
