import { byteaArray, inOrder, insertingNew, intArray, Race, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { packPublished, packState } from './packed-state.ts';
import type { MemberState } from './states.ts';

/**
 * Stores changed members. Each has its next revision: one more than that of the row that it was computed from, 1 for a new member. Throws `Race` if another
 * process has written one of them since. All processes write in the order of the ids, so that none waits for another one that waits for it.
 */
export async function saveMembers(client: PoolClient, modelId: number, members: readonly MemberState[]): Promise<void> {
  const sorted = members.toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1));
  await inOrder([
    updateMembers(
      client,
      modelId,
      sorted.filter(({ revision }) => revision > 1),
    ),
    addMembers(
      client,
      modelId,
      sorted.filter(({ revision }) => revision === 1),
    ),
  ]);
}

/** The rows that both statements read. */
const newMembers = `
  unnest($2::uuid[], $3::uuid[], $4::int[], $5::int[], $6::int[], $7::bytea[], $8::bytea[])
    as new (member_id, customer_id, moves, revision, version, state, published)`;

async function updateMembers(client: PoolClient, modelId: number, members: readonly MemberState[]): Promise<void> {
  if (members.length === 0) return;
  // `any` keeps the planner from reading the whole table for a hash join: the index finds the rows, in the order of their ids.
  const { rowCount } = await client.query({
    name: 'scoring-update-members',
    text: `
      update scoring.member m
         set customer_id = new.customer_id, moves = new.moves, revision = new.revision, version = new.version,
             state = new.state, published = new.published
        from ${newMembers}
       where m.model_id = $1 and m.member_id = any($2::uuid[]) and m.member_id = new.member_id
         and m.revision = new.revision - 1`,
    values: valuesOf(modelId, members),
  });
  if (rowCount !== members.length) throw new Race('the state of a member');
}

async function addMembers(client: PoolClient, modelId: number, members: readonly MemberState[]): Promise<void> {
  if (members.length === 0) return;
  await insertingNew('a member', () =>
    client.query({
      name: 'scoring-add-members',
      text: `
        insert into scoring.member (model_id, member_id, customer_id, moves, revision, version, state, published)
        select $1, member_id, customer_id, moves, revision, version, state, published from ${newMembers}`,
      values: valuesOf(modelId, members),
    }),
  );
}

function valuesOf(modelId: number, members: readonly MemberState[]): unknown[] {
  return [
    modelId,
    uuidArray(members.map(({ memberId }) => memberId)),
    uuidArray(members.map(({ customerId }) => customerId)),
    intArray(members.map(({ moves }) => moves)),
    intArray(members.map(({ revision }) => revision)),
    intArray(members.map(({ version }) => version)),
    byteaArray(members.map(({ state }) => packState(state))),
    byteaArray(members.map(({ published }) => packPublished(published))),
  ];
}
