import { type Evidence, type Model, read } from '@sestante/engagement';
import { textArray, timestampArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { activityColumns, type ActivityRow, toActivity } from './activity-row.ts';

/** An activity that must be found when more is told about a matter. */
export interface MatterRow {
  readonly memberId: string;
  readonly key: string;
  readonly activityId: string;
  /** When it happened and when it was received, in milliseconds since 1970. */
  readonly at: number;
  readonly receivedAt: number;
}

export type MatterKey = Pick<MatterRow, 'memberId' | 'key'>;
export type HeldMatter = Pick<MatterRow, 'memberId' | 'key' | 'activityId'>;

/** What was told about a matter. `evidence` is undefined if the activity is no longer kept: the matter is closed. */
export interface FoundTelling extends MatterKey {
  readonly evidence: Evidence | undefined;
}

type Row = { readonly member_id: string; readonly key: string } & (ActivityRow | { readonly name: null });

const told = `
  left join lateral (
       select ${activityColumns} from scoring.activity a
        where a.member_id = m.member_id and a.happened_at = m.happened_at and a.received_at = m.received_at
          and a.activity_id = m.activity_id
       offset 0) as told on true`;

/** What the members told about these matters. */
export async function findTellings(
  client: PoolClient,
  { modelId, model }: { readonly modelId: number; readonly model: Model },
  keys: readonly MatterKey[],
): Promise<FoundTelling[]> {
  if (keys.length === 0) return [];
  // `offset 0` keeps the planner from joining the whole tables: it looks up each key, and each activity in one partition.
  const { rows } = await client.query<Row>({
    name: 'scoring-find-tellings',
    text: `
      select m.member_id, m.key, told.*
        from unnest($2::uuid[], $3::text[]) as asked (member_id, key)
       cross join lateral (
               select member_id, key, activity_id, happened_at, received_at from scoring.matter m
                where m.member_id = asked.member_id and m.key = asked.key and m.model_id = $1
               offset 0) as m ${told}`,
    values: [modelId, uuidArray(keys.map(({ memberId }) => memberId)), textArray(keys.map(({ key }) => key))],
  });
  return rows.map((row) => toTelling(model, row));
}

/** What several of these members told about the same matters. */
export async function findSharedTellings(
  client: PoolClient,
  { modelId, model }: { readonly modelId: number; readonly model: Model },
  memberIds: readonly string[],
): Promise<FoundTelling[]> {
  if (memberIds.length < 2) return [];
  const { rows } = await client.query<Row>({
    name: 'scoring-find-shared-tellings',
    text: `
      with m as (
        select member_id, key, activity_id, happened_at, received_at,
               min(member_id::text) over matter <> max(member_id::text) over matter as is_shared
          from scoring.matter
         where member_id = any($2::uuid[]) and model_id = $1
        window matter as (partition by key))
      select m.member_id, m.key, told.* from m ${told} where m.is_shared`,
    values: [modelId, uuidArray(memberIds)],
  });
  return rows.map((row) => toTelling(model, row));
}

function toTelling(model: Model, row: Row): FoundTelling {
  const { member_id: memberId, key } = row;
  return { memberId, key, evidence: row.name === null ? undefined : read(model, toActivity(row)) };
}

/** The matters of these members, by member, that activities hold which are no longer kept. Only members with a base have any. */
export async function findClosed(
  client: PoolClient,
  modelId: number,
  memberIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (memberIds.length === 0) return new Map();
  const { rows } = await client.query<MatterKey>({
    name: 'scoring-find-closed',
    text: `
      select m.member_id as "memberId", m.key from scoring.matter m
       where m.model_id = $1 and m.member_id = any($2::uuid[])
         and not exists (select from scoring.activity a
                          where a.member_id = m.member_id and a.happened_at = m.happened_at and a.received_at = m.received_at
                            and a.activity_id = m.activity_id)`,
    values: [modelId, uuidArray(memberIds)],
  });
  const closed = new Map<string, string[]>();
  for (const { memberId, key } of rows) closed.set(memberId, [...(closed.get(memberId) ?? []), key]);
  return closed;
}

/** Like `addMatters`, for activities that may be stored under their keys already. */
export async function addMissingMatters(
  client: PoolClient,
  modelId: number,
  rows: readonly MatterRow[],
): Promise<void> {
  if (rows.length > 0)
    await insert(client, modelId, { rows, name: 'scoring-add-missing-matters', or: ' on conflict do nothing' });
}

/** Remembers activities under the matters that they hold. None may be stored under its key already. */
export async function addMatters(client: PoolClient, modelId: number, rows: readonly MatterRow[]): Promise<void> {
  if (rows.length > 0) await insert(client, modelId, { rows, name: 'scoring-add-matters', or: '' });
}

async function insert(
  client: PoolClient,
  modelId: number,
  { rows, name, or }: { readonly rows: readonly MatterRow[]; readonly name: string; readonly or: string },
): Promise<void> {
  await client.query({
    name,
    text: `
      insert into scoring.matter (model_id, member_id, key, activity_id, happened_at, received_at)
      select $1, * from unnest($2::uuid[], $3::text[], $4::uuid[], $5::timestamptz[], $6::timestamptz[])${or}`,
    values: [
      modelId,
      uuidArray(rows.map(({ memberId }) => memberId)),
      textArray(rows.map(({ key }) => key)),
      uuidArray(rows.map(({ activityId }) => activityId)),
      timestampArray(rows.map(({ at }) => at)),
      timestampArray(rows.map(({ receivedAt }) => receivedAt)),
    ],
  });
}

/** Forgets activities under matters that others hold by now. */
export async function removeMatters(client: PoolClient, modelId: number, rows: readonly HeldMatter[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: 'scoring-remove-matters',
    text: `
      delete from scoring.matter m using unnest($2::uuid[], $3::text[], $4::uuid[]) as removed (member_id, key, activity_id)
       where m.model_id = $1 and m.member_id = removed.member_id and m.key = removed.key and m.activity_id = removed.activity_id`,
    values: [
      modelId,
      uuidArray(rows.map(({ memberId }) => memberId)),
      textArray(rows.map(({ key }) => key)),
      uuidArray(rows.map(({ activityId }) => activityId)),
    ],
  });
}
