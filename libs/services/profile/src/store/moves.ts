import { intArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { Move, Regrouping } from '../regroup.ts';

/** A stored move of a member. */
export interface StoredMove extends Move {
  readonly moveId: string;
  /** The transaction that moved the member. */
  readonly transaction: string;
  /** Its former customer has no members any more, and the member with the id of that customer belongs to the same one now. */
  readonly isMerge: boolean;
  readonly movedAt: Date;
}

/** Adds moves that nobody was told yet. */
export async function addMoves(client: PoolClient, { moves, customerOf }: Regrouping): Promise<void> {
  if (moves.length === 0) return;
  await client.query({
    name: 'profile-add-moves',
    text: `insert into profile.moved (member_id, customer_id, former_id, moves, is_merge)
           select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::boolean[])`,
    values: [
      uuidArray(moves.map(({ memberId }) => memberId)),
      uuidArray(moves.map(({ customerId }) => customerId)),
      uuidArray(moves.map(({ formerId }) => formerId)),
      intArray(moves.map(({ moves: count }) => count)),
      moves.map(({ formerId, customerId }) => customerOf.get(formerId) === customerId),
    ],
  });
}

const columns = `move_id as "moveId", transaction::text, member_id as "memberId", customer_id as "customerId", former_id as "formerId", moves,
  is_merge as "isMerge", moved_at as "movedAt"`;

/** The moves that nobody was told yet, oldest first: those of this transaction, and those of processes that have not published them yet or never will. */
export async function findUntold(client: PoolClient): Promise<StoredMove[]> {
  // Not a prepared statement: its plan would be made while the table is small, and read all of it.
  const { rows } = await client.query<StoredMove>(
    `select ${columns} from profile.moved where not is_told order by move_id`,
  );
  return rows;
}

/** The same, marked as told. */
export async function takeUntold(client: PoolClient): Promise<StoredMove[]> {
  const { rows } = await client.query<StoredMove>(
    `with told as (update profile.moved set is_told = true where not is_told returning *) select ${columns} from told order by move_id`,
  );
  return rows;
}

export async function markTold(database: DataSource, moves: readonly StoredMove[]): Promise<void> {
  if (moves.length === 0) return;
  await database.query('update profile.moved set is_told = true where move_id = any($1::bigint[])', [
    moves.map(({ moveId }) => moveId),
  ]);
}

/** Removes moves that were told long ago: no transaction can have missed them. Resolves to their number. */
export async function removeOldMoves(database: DataSource): Promise<number> {
  const [, count] = await database.query<[unknown, number]>(
    `delete from profile.moved where is_told and moved_at < now() - interval '7 days'`,
  );
  return count;
}
