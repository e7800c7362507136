import { intArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';

/** A customer who enters or leaves an audience, as it is stored. */
export interface Transition {
  readonly audienceId: string;
  readonly customerId: string;
  /** Odd if the customer entered. */
  readonly transition: number;
  readonly changedAt: Date;
}

/** A pair whose membership has to change. */
export type MembershipChange = Pick<Transition, 'audienceId' | 'customerId'>;

const columns = `audience_id as "audienceId", customer_id as "customerId", changed_at as "changedAt"`;

/** Who holds it until the end of the transaction is the only one who changes members. */
export async function lockMembers(client: PoolClient): Promise<void> {
  await client.query(`select pg_advisory_xact_lock(hashtextextended('scoring.audience_member', 0))`);
}

/** Changes whether customers are members: who is one leaves, who is none enters. */
export async function changeMembers(
  client: PoolClient,
  changes: readonly MembershipChange[],
  { areTold }: { readonly areTold: boolean },
): Promise<Transition[]> {
  if (changes.length === 0) return [];
  const { rows } = await client.query<Transition>(
    `insert into scoring.audience_member as m (customer_id, audience_id, transitions, told, changed_at)
     select customer_id, audience_id, 1, $3::boolean::int, date_trunc('milliseconds', clock_timestamp())
       from unnest($1::uuid[], $2::uuid[]) as changed (customer_id, audience_id)
     on conflict (customer_id, audience_id) do update
        set transitions = m.transitions + 1, told = case when $3 then m.transitions + 1 else m.told end, changed_at = excluded.changed_at
     returning ${columns}, transitions as transition`,
    [
      uuidArray(changes.map(({ customerId }) => customerId)),
      uuidArray(changes.map(({ audienceId }) => audienceId)),
      areTold,
    ],
  );
  return rows;
}

/** Transitions that may not have been published, each once: only the last one of a customer and an audience has an instant of its own. */
export async function findUntold(client: PoolClient, limit: number): Promise<Transition[]> {
  const { rows } = await client.query<Transition>(
    `select ${columns}, one as transition from (
       select * from scoring.audience_member where told < transitions order by customer_id limit $1) as untold
      cross join generate_series(told + 1, transitions) as one order by customer_id, audience_id, one`,
    [limit],
  );
  return rows;
}

/** Notes that transitions were published. */
export async function markTold(client: PoolClient, told: readonly Transition[]): Promise<void> {
  if (told.length === 0) return;
  await lockMembers(client);
  await client.query(
    `update scoring.audience_member as m set told = greatest(m.told, t.transition)
       from (select customer_id, audience_id, max(transition) as transition
               from unnest($1::uuid[], $2::uuid[], $3::int[]) as told (customer_id, audience_id, transition) group by 1, 2) as t
      where m.customer_id = t.customer_id and m.audience_id = t.audience_id`,
    [
      uuidArray(told.map(({ customerId }) => customerId)),
      uuidArray(told.map(({ audienceId }) => audienceId)),
      intArray(told.map(({ transition }) => transition)),
    ],
  );
}

/** Members of audiences that are deleted. */
export async function findMembersOfDeleted(client: PoolClient, limit: number): Promise<MembershipChange[]> {
  const { rows } = await client.query<MembershipChange>(
    `select audience_id as "audienceId", customer_id as "customerId" from scoring.audience_member m
      where transitions % 2 = 1 and not exists (select from scoring.audience a where a.audience_id = m.audience_id) limit $1`,
    [limit],
  );
  return rows;
}

/** Removes what is left of audiences that are deleted and have no members any more. */
export async function removeMembersOfDeleted(client: PoolClient): Promise<void> {
  await client.query(
    `delete from scoring.audience_member m
      where transitions % 2 = 0 and told = transitions
        and not exists (select from scoring.audience a where a.audience_id = m.audience_id)`,
  );
}

/** Removes the memberships of customers who are erased. Resolves to their number. */
export async function eraseMemberships(client: PoolClient, customerIds: readonly string[]): Promise<number> {
  await lockMembers(client);
  const { rowCount } = await client.query('delete from scoring.audience_member where customer_id = any($1::uuid[])', [
    uuidArray(customerIds),
  ]);
  return rowCount ?? 0;
}
