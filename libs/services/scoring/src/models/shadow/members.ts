import { byteaArray, intArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { packState } from '../../store/packed-state.ts';
import type { State } from '@sestante/engagement';

/** A member under the live model, without its state. */
export interface ShadowedMember {
  readonly memberId: string;
  readonly customerId: string;
  readonly moves: number;
  readonly revision: number;
  readonly version: number;
  /** As it is stored. */
  readonly published: Buffer | null;
}

/** The ids of the live model and of the other one. */
export interface ModelIds {
  readonly liveId: number;
  readonly modelId: number;
}

const columns = `member_id as "memberId", customer_id as "customerId", moves, revision, version, published`;

/** The members of the next customers after one, in the order of the customers' ids: about `most`, but all of each customer. */
export async function membersAfter(
  client: PoolClient,
  liveId: number,
  after: string | null,
  most: number,
): Promise<ShadowedMember[]> {
  const { rows } = await client.query<ShadowedMember>({
    name: 'scoring-shadow-members-after',
    text: `select ${columns} from scoring.member
            where model_id = $1 and customer_id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000') order by customer_id limit $3`,
    values: [liveId, after, most],
  });
  if (rows.length < most) return rows;
  const last = rows.at(-1)!.customerId;
  const whole = rows.filter(({ customerId }) => customerId !== last);
  return whole.length > 0 ? whole : membersOf(client, liveId, [last]);
}

/** All members of the customers. */
export async function membersOf(
  client: PoolClient,
  liveId: number,
  customerIds: readonly string[],
): Promise<ShadowedMember[]> {
  const { rows } = await client.query<ShadowedMember>({
    name: 'scoring-shadow-members-of',
    text: `select ${columns} from scoring.member where model_id = $1 and customer_id = any($2::uuid[]) order by customer_id`,
    values: [liveId, uuidArray(customerIds)],
  });
  return rows;
}

/** The customers with a member that has changed since it was read under the other model, or was not read: at most `most`. Reads all members, so call it rarely. */
export async function changedCustomers(
  client: PoolClient,
  { liveId, modelId }: ModelIds,
  most: number,
): Promise<string[]> {
  const { rows } = await client.query<{ customer_id: string }>(
    `select distinct l.customer_id
       from scoring.member l left join scoring.member s on s.member_id = l.member_id and s.model_id = $2
      where l.model_id = $1 and s.revision is distinct from l.revision limit $3`,
    [liveId, modelId, most],
  );
  return rows.map((row) => row.customer_id);
}

/** To whom the members of the customers belong under the other model, if to others. */
export async function formerCustomers(
  client: PoolClient,
  { liveId, modelId }: ModelIds,
  customerIds: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ customer_id: string }>(
    `select distinct s.customer_id
       from scoring.member l join scoring.member s on s.member_id = l.member_id and s.model_id = $2
      where l.model_id = $1 and l.customer_id = any($3::uuid[]) and s.customer_id <> l.customer_id`,
    [liveId, modelId, uuidArray(customerIds)],
  );
  return rows.map((row) => row.customer_id);
}

/**
 * Stores the states of members under the other model, with what else is known about them. A member that was erased since it was read stays erased: its moves are
 * more than those of any message. Resolves to the ids of those that are stored.
 */
export async function saveShadowed(
  client: PoolClient,
  modelId: number,
  members: readonly (ShadowedMember & { readonly state: State })[],
): Promise<ReadonlySet<string>> {
  const sorted = members.toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const { rows } = await client.query<{ member_id: string }>({
    name: 'scoring-shadow-save',
    text: `
      insert into scoring.member as m (model_id, member_id, customer_id, moves, revision, version, state, published)
      select $1, * from unnest($2::uuid[], $3::uuid[], $4::int[], $5::int[], $6::int[], $7::bytea[], $8::bytea[])
      on conflict (member_id, model_id) do update
         set customer_id = excluded.customer_id, moves = excluded.moves, revision = excluded.revision, version = excluded.version,
             state = excluded.state, published = excluded.published
       where m.moves <= excluded.moves
      returning member_id`,
    values: [
      modelId,
      uuidArray(sorted.map(({ memberId }) => memberId)),
      uuidArray(sorted.map(({ customerId }) => customerId)),
      intArray(sorted.map(({ moves }) => moves)),
      intArray(sorted.map(({ revision }) => revision)),
      intArray(sorted.map(({ version }) => version)),
      byteaArray(sorted.map(({ state }) => packState(state))),
      byteaArray(sorted.map(({ published }) => published)),
    ],
  });
  return new Set(rows.map((row) => row.member_id));
}
