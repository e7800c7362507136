import type { State } from '@sestante/engagement';
import { intArray, Race, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { insertingNew } from './inserting-new.ts';
import { packStates, toState } from './packed-state.ts';

/** A member with its decayed sums. */
export interface MemberState {
  readonly memberId: string;
  readonly customerId: string;
  /** The revision of the row that has this state; 0 if the member is not stored. */
  readonly revision: number;
  readonly state: State;
}

interface Row {
  readonly member_id: string;
  readonly customer_id: string;
  readonly revision: number;
  readonly state: Buffer;
}

/** The columns of a `MemberState`. */
export const memberColumns = 'member_id, customer_id, revision, state';

/** All members of the customers, and the given members whatever their customer is. They are not locked: `saveMembers` compares their revisions. */
export async function findMembers(
  client: PoolClient,
  modelId: number,
  { customerIds, memberIds }: { customerIds: readonly string[]; memberIds: readonly string[] },
): Promise<MemberState[]> {
  if (customerIds.length === 0 && memberIds.length === 0) return [];
  const { rows } = await client.query<Row>({
    name: 'scoring-find-members',
    text: `
      select ${memberColumns} from scoring.member
       where model_id = $1 and member_id = any(array(
               select member_id from scoring.member where model_id = $1 and customer_id = any($2::uuid[])
               union select unnest($3::uuid[])))`,
    values: [modelId, uuidArray(customerIds), uuidArray(memberIds)],
  });
  return rows.map(toMemberState);
}

/**
 * Stores the states. Each has the revision of the state that it was computed from, 0 for a new member. Throws `Race` if another process has written one of
 * them since.
 */
export async function saveMembers(client: PoolClient, modelId: number, members: readonly MemberState[]): Promise<void> {
  await Promise.all([
    updateMembers(
      client,
      modelId,
      members.filter(({ revision }) => revision > 0),
    ),
    addMembers(
      client,
      modelId,
      members.filter(({ revision }) => revision === 0),
    ),
  ]);
}

async function updateMembers(client: PoolClient, modelId: number, members: readonly MemberState[]): Promise<void> {
  if (members.length === 0) return;
  const { column, bytes } = packStates(members.map(({ state }) => state));
  // `any` keeps the planner from reading the whole table for a hash join.
  const { rowCount } = await client.query({
    name: 'scoring-update-members',
    text: `
      update scoring.member m
         set state = substring($5::bytea from ((new.n - 1) * $6::int + 1)::int for $6::int),
             customer_id = new.customer_id, revision = m.revision + 1
        from unnest($2::uuid[], $3::uuid[], $4::int[]) with ordinality as new (member_id, customer_id, revision, n)
       where m.model_id = $1 and m.member_id = any($2::uuid[]) and m.member_id = new.member_id and m.revision = new.revision`,
    values: [
      modelId,
      uuidArray(members.map(({ memberId }) => memberId)),
      uuidArray(members.map(({ customerId }) => customerId)),
      intArray(members.map(({ revision }) => revision)),
      column,
      bytes,
    ],
  });
  if (rowCount !== members.length) throw new Race('the state of a member');
}

async function addMembers(client: PoolClient, modelId: number, members: readonly MemberState[]): Promise<void> {
  if (members.length === 0) return;
  const { column, bytes } = packStates(members.map(({ state }) => state));
  await insertingNew('a member', () =>
    client.query({
      name: 'scoring-add-members',
      text: `
        insert into scoring.member (model_id, member_id, customer_id, revision, state)
        select $1, new.member_id, new.customer_id, 1, substring($4::bytea from ((new.n - 1) * $5::int + 1)::int for $5::int)
          from unnest($2::uuid[], $3::uuid[]) with ordinality as new (member_id, customer_id, n)`,
      values: [
        modelId,
        uuidArray(members.map(({ memberId }) => memberId)),
        uuidArray(members.map(({ customerId }) => customerId)),
        column,
        bytes,
      ],
    }),
  );
}

/** Increases the revisions of the members that customers still have after one of them has left: states of these customers in other processes are old. */
export async function reviseMembers(client: PoolClient, modelId: number, customerIds: Iterable<string>): Promise<void> {
  const ids = [...customerIds];
  if (ids.length === 0) return;
  await client.query({
    name: 'scoring-revise-members',
    text: 'update scoring.member set revision = revision + 1 where model_id = $1 and customer_id = any($2::uuid[])',
    values: [modelId, uuidArray(ids)],
  });
}

export function toMemberState({ member_id, customer_id, revision, state }: Row): MemberState {
  return { memberId: member_id, customerId: customer_id, revision, state: toState(state) };
}
