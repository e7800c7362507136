import { Race } from '@sestante/postgres';
import type { PoolClient } from 'pg';

/** What a transaction sees now. Changes that commit later are not in it. */
export async function currentSnapshot(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ snapshot: string }>({
    name: 'profile-snapshot',
    text: 'select pg_current_snapshot()::text as snapshot',
  });
  return rows[0]!.snapshot;
}

/**
 * Throws `Race` if another process has moved one of the members to another customer since the snapshot. Call it when the standings of the members' customers
 * are locked: then none can be moved any more. If the batch has new members, it also throws if somebody was erased since then: one of their identifiers may
 * have been added and erased meanwhile.
 */
export async function assertNotMoved(
  client: PoolClient,
  snapshot: string,
  { members, hasNew }: { readonly members: ReadonlySet<string>; readonly hasNew: boolean },
): Promise<void> {
  const { rows } = await client.query<{ member_id: string; is_erased: boolean }>({
    name: 'profile-moved-since',
    text: `select member_id, exists (select from profile.erased_member e where e.member_id = m.member_id) as is_erased
             from profile.moved m
            where transaction >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(transaction, $1::pg_snapshot)
              and transaction is distinct from pg_current_xact_id_if_assigned()`,
    values: [snapshot],
  });
  const isRace = rows.some(({ member_id, is_erased }) => members.has(member_id) || (hasNew && is_erased));
  if (isRace) throw new Race('customers of the batch');
}
