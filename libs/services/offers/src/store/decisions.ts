import type { Candidate } from '@sestante/offer-policy';
import { lines, Race, uuids } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

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

const columns = `decision_id as "decisionId", customer_id as "customerId", result, cause, candidates, reasons, policy_version as "policyVersion", decided_at as "decidedAt"`;
type Row = Omit<StoredDecision, 'decidedAt'> & { decidedAt: Date };
const toStoredDecision = (row: Row): StoredDecision => ({ ...row, decidedAt: row.decidedAt.toISOString() });

/** The stored decisions with these ids, by id. */
export async function findDecisions(
  client: PoolClient,
  decisionIds: readonly string[],
): Promise<Map<string, StoredDecision>> {
  const { rows } = await client.query<Row>({
    name: 'offers-find-decisions',
    text: `select ${columns} from offers.decision where decision_id = any($1::uuid[])`,
    values: [uuids(decisionIds)],
  });
  return new Map(rows.map((row) => [row.decisionId, toStoredDecision(row)]));
}

/** Adds decisions with their positions in the batch, ordered by id so that batches cannot deadlock. Throws `Race`. */
export async function addDecisions(client: PoolClient, batch: readonly StoredDecision[]): Promise<void> {
  if (batch.length === 0) return;
  const decisions = batch
    .map((decision, nth) => ({ ...decision, nth }))
    .sort((a, b) => (a.decisionId < b.decisionId ? -1 : 1));
  const { rowCount } = await client.query({
    name: 'offers-add-decisions',
    text: `
      insert into offers.decision (decision_id, customer_id, result, cause, candidates, reasons, policy_version, decided_at, nth)
      select d::uuid, c::uuid, r, a::json, n::json, w::json, p::int, t::timestamptz, i::int
        from unnest(string_to_array($1, E'\\n'), string_to_array($2, E'\\n'), string_to_array($3, E'\\n'), string_to_array($4, E'\\n'),
                    string_to_array($5, E'\\n'), string_to_array($6, E'\\n'), string_to_array($7, E'\\n'), string_to_array($8, E'\\n'),
                    string_to_array($9, E'\\n')) as row(d, c, r, a, n, w, p, t, i)
      on conflict do nothing`,
    values: [
      lines(decisions, ({ decisionId }) => decisionId),
      lines(decisions, ({ customerId }) => customerId),
      lines(decisions, ({ result }) => result),
      lines(decisions, ({ cause }) => JSON.stringify(cause)),
      lines(decisions, ({ candidates }) => JSON.stringify(candidates)),
      lines(decisions, ({ reasons }) => JSON.stringify(reasons)),
      lines(decisions, ({ policyVersion }) => String(policyVersion)),
      lines(decisions, ({ decidedAt }) => decidedAt),
      lines(decisions, ({ nth }) => String(nth)),
    ],
  });
  if (rowCount !== decisions.length) throw new Race('decisions of the batch');
}

/** The decisions for a customer, newest first. */
export async function readDecisions(
  dataSource: DataSource,
  customerId: string,
  page: { before: string | undefined; limit: number },
): Promise<StoredDecision[]> {
  const rows = await dataSource.query<Row[]>(
    `select ${columns} from offers.decision
      where customer_id = $1 and ($2::uuid is null or (decided_at, nth, decision_id) <
            (select b.decided_at, b.nth, b.decision_id from offers.decision b where b.decision_id = $2 and b.customer_id = $1))
      order by decided_at desc, nth desc, decision_id desc limit $3`,
    [customerId, page.before ?? null, page.limit],
  );
  return rows.map(toStoredDecision);
}
