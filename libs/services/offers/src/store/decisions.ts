import type { Candidate } from '@sestante/offer-policy';
import { intArray, jsonArray, textArray, timestampArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { customerOf } from './members.ts';

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
  /** The member of the cause. */
  readonly memberId: string;
  readonly result: 'offer' | 'no-deal';
  readonly cause: Cause;
  readonly candidates: readonly Candidate[];
  readonly reasons: readonly string[];
  /** The version of the contact policy at the time of the decision. */
  readonly policyVersion: number;
  readonly decidedAt: string;
}

/** A decision as people see it. */
export function withoutMember({ memberId: _, ...decision }: StoredDecision): Omit<StoredDecision, 'memberId'> {
  return decision;
}

/** What is published of a decision. */
export type PublishedDecision = Omit<StoredDecision, 'result' | 'candidates' | 'policyVersion'>;

/** Where to look for the decision on a cause. */
export interface DecisionKey {
  readonly memberId: string;
  readonly decisionId: string;
}

const columns = `decision_id as "decisionId", d.member_id as "memberId", cause, reasons, decided_at as "decidedAt"`;
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
      select found.* from unnest($1::uuid[], $2::uuid[]) as one (member, decision)
        cross join lateral (select ${columns} from offers.decision d
          where member_id = one.member and decision_id = one.decision and decided_at >= $3 limit 1) as found`,
    values: [
      uuidArray(keys.map(({ memberId }) => memberId)),
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
      insert into offers.decision (decision_id, member_id, result, cause, candidates, reasons, policy_version, decided_at, nth)
      select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::json[], $5::json[], $6::json[], $7::int[], $8::timestamptz[], $9::int[])`,
    values: [
      uuidArray(decisions.map(({ decisionId }) => decisionId)),
      uuidArray(decisions.map(({ memberId }) => memberId)),
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

/**
 * The decisions for a customer, by its id or a former one, newest first: the first ones, or those before another one. None if the customer has no such
 * decision. The newest of each member are read by the index, and merged.
 */
export async function readDecisions(
  dataSource: DataSource,
  customerId: string,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<StoredDecision[]> {
  const newestFirst = 'order by decided_at desc, nth desc, decision_id desc limit $2';
  const rows = await dataSource.query<Row<StoredDecision>[]>(
    `select ${allColumns}
       from offers.member m
      cross join lateral (
              select * from offers.decision
               where member_id = m.member_id ${before === undefined ? '' : `and (decided_at, nth, decision_id) < ${position}`}
              ${newestFirst}) as d
      where m.customer_id = ${customerOf}
      ${newestFirst}`,
    before === undefined ? [customerId, limit] : [customerId, limit, before],
  );
  return rows.map(inDocumentForm);
}

/** The position of the decision `$3` of a member of the customer. */
const position = `(
  select found.decided_at, found.nth, found.decision_id
    from offers.member m
   cross join lateral (
           select decided_at, nth, decision_id from offers.decision
            where member_id = m.member_id and decision_id = $3 limit 1) as found
   where m.customer_id = ${customerOf}
   limit 1)`;
