import { type CustomerErased, erasedMoves, type Removed } from '@sestante/contracts';
import { emptyState } from '@sestante/engagement';
import { uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { eraseMemberships } from './audience-members.ts';
import { packState } from './packed-state.ts';
import type { MemberState } from './states.ts';

/** Whether the member was erased: only its id is kept, so that late messages about it are recognised. */
export const isErased = ({ moves }: Pick<MemberState, 'moves'>): boolean => moves === erasedMoves;

/**
 * Deletes everything about the members, under all models, and keeps their ids. The rows of the members first: a transaction of another partition that has added
 * activities either has written them and is waited for, or it finds a later revision and fails. Activities before bases: an expired month that is folded at the
 * same time is in the bases afterwards. Whoever has one of their customers in memory learns it by the revisions. Resolves to the counts.
 */
export async function eraseMembers(client: PoolClient, { members }: CustomerErased): Promise<Removed[]> {
  const memberIds = uuidArray(members);
  const deleted = async (table: string) => {
    const { rowCount } = await client.query(`delete from scoring.${table} where member_id = any($1::uuid[])`, [
      memberIds,
    ]);
    return rowCount ?? 0;
  };
  await client.query(
    `update scoring.member set revision = revision + 1
      where (member_id, model_id) in (
        select other.member_id, other.model_id from scoring.member other
         where other.customer_id in (select customer_id from scoring.member where member_id = any($1::uuid[]))
           and other.member_id <> all($1::uuid[]) and other.model_id = (select model_id from scoring.model where status = 'live')
         order by 1, 2 for update)`,
    [memberIds],
  );
  const { rows } = await client.query<{ is_new: boolean }>(
    `insert into scoring.member as m (model_id, member_id, customer_id, moves, revision, state)
     select model_id, id, id, $2, 1, $3 from unnest($1::uuid[]) as erased (id) cross join scoring.model order by id, model_id
     on conflict (member_id, model_id) do update
        set customer_id = excluded.customer_id, moves = excluded.moves, revision = m.revision + 1, version = 0, state = excluded.state,
            published = null
     returning revision = 1 as is_new`,
    [memberIds, erasedMoves, Buffer.from(packState(emptyState()))],
  );
  const activities = await deleted('activity');
  await deleted('base');
  await deleted('matter');
  const { rowCount } = await client.query('delete from scoring.customer_score where customer_id = any($1::uuid[])', [
    memberIds,
  ]);
  await client.query('delete from scoring.mover where customer_id = any($1::uuid[])', [memberIds]);
  const memberships = await eraseMemberships(client, members);
  return [
    { what: 'activities', count: activities },
    { what: 'states', count: rows.filter((row) => !row.is_new).length },
    { what: 'score rows', count: rowCount ?? 0 },
    { what: 'memberships of audiences', count: memberships },
  ];
}
