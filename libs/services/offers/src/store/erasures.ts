import { type CustomerErased, erasedMoves, type Removed } from '@sestante/contracts';
import { uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { decideAlone, type Membership } from './members.ts';

/** Whether the member was erased: only its id is kept, so that late messages about it are recognised. */
export const isErased = ({ moves }: Pick<Membership, 'moves'>): boolean => moves === erasedMoves;

/** Whether the id is of a customer who was erased. */
export async function isErasedCustomer(dataSource: DataSource, customerId: string): Promise<boolean> {
  const rows = await dataSource.query<unknown[]>('select from offers.member where member_id = $1 and moves = $2', [
    customerId,
    erasedMoves,
  ]);
  return rows.length > 0;
}

/** Deletes everything about the members, and keeps their ids. Their codes cannot be redeemed any more. Resolves to the counts. */
export async function eraseMembers(client: PoolClient, { members }: CustomerErased): Promise<Removed[]> {
  const memberIds = uuidArray(members);
  // Waits for batches that have read one of the members before: what they add is deleted below. Later ones find it erased.
  await decideAlone(client);
  await client.query(
    `insert into offers.member (member_id, customer_id, moves) select id, id, $2 from unnest($1::uuid[]) as erased (id) order by id
     on conflict (member_id) do update set customer_id = excluded.customer_id, moves = excluded.moves`,
    [memberIds, erasedMoves],
  );
  const deleted = async (table: string) => {
    const { rowCount } = await client.query(`delete from offers.${table} where member_id = any($1::uuid[])`, [
      memberIds,
    ]);
    return rowCount ?? 0;
  };
  return [
    { what: 'decisions', count: await deleted('decision') },
    { what: 'offers', count: await deleted('offer') },
  ];
}
