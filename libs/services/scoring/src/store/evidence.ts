import type { Evidence } from '@sestante/engagement';
import { intArray, jsonArray, textArray, timestampArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';

/** The evidence of one activity, to be stored. */
export interface StoredEvidence extends Evidence {
  readonly memberId: string;
  /** When the activity was received, in milliseconds since 1970. Its month is that of the partition. */
  readonly receivedAt: number;
  /** The version of the customer's scores that it led to; null if the change was too small to publish. */
  readonly version: number | null;
}

/** What finds the evidence of an activity: its partition by its reception, its place in the index by its member and instant. */
export type EvidenceKey = Pick<StoredEvidence, 'activityId' | 'memberId' | 'receivedAt' | 'at'>;

/** The activities that have evidence already, by id, with the version that each led to. */
export async function findVersions(
  client: PoolClient,
  modelId: number,
  keys: readonly EvidenceKey[],
): Promise<Map<string, number | null>> {
  if (keys.length === 0) return new Map();
  // `offset 0` keeps the planner from joining the whole table: it looks up each activity, in one partition.
  const { rows } = await client.query<{ activity_id: string; version: number | null }>({
    name: 'scoring-find-evidence',
    text: `
      select asked.activity_id, found.version
        from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[]) as asked (activity_id, member_id, received_at, happened_at)
       cross join lateral (
               select version from scoring.evidence e
                where e.model_id = $1 and e.member_id = asked.member_id and e.happened_at = asked.happened_at
                  and e.received_at = asked.received_at and e.activity_id = asked.activity_id
               offset 0) as found`,
    values: [
      modelId,
      uuidArray(keys.map(({ activityId }) => activityId)),
      uuidArray(keys.map(({ memberId }) => memberId)),
      timestampArray(keys.map(({ receivedAt }) => receivedAt)),
      timestampArray(keys.map(({ at }) => at)),
    ],
  });
  return new Map(rows.map((row) => [row.activity_id, row.version]));
}

/** Adds the evidence of activities that have none. No unique index checks that: see `EffectsOnce`. */
export async function addEvidence(
  client: PoolClient,
  modelId: number,
  evidence: readonly StoredEvidence[],
): Promise<void> {
  if (evidence.length === 0) return;
  await client.query({
    name: 'scoring-add-evidence',
    text: `
      insert into scoring.evidence (model_id, activity_id, member_id, received_at, happened_at, version, name, channel, signals, vouched_by)
      select $1, * from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::int[], $7::text[], $8::text[], $9::json[],
                               $10::text[])`,
    values: [
      modelId,
      uuidArray(evidence.map(({ activityId }) => activityId)),
      uuidArray(evidence.map(({ memberId }) => memberId)),
      timestampArray(evidence.map(({ receivedAt }) => receivedAt)),
      timestampArray(evidence.map(({ at }) => at)),
      intArray(evidence.map(({ version }) => version)),
      textArray(evidence.map(({ name }) => name)),
      textArray(evidence.map(({ channel }) => channel)),
      jsonArray(evidence.map(pack)),
      textArray(evidence.map(({ vouchedBy }) => (vouchedBy === 'secret' ? null : vouchedBy))),
    ],
  });
}

function pack({ signals }: Evidence): string {
  return JSON.stringify(signals.map(({ element, weight, valence }) => [element, weight, valence]));
}
