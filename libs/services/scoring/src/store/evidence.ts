import type { Channel, Element, Evidence, Signal } from '@sestante/engagement';
import { lines, Race, uuids } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/** The stored evidence of one activity. */
export interface StoredEvidence extends Evidence {
  readonly memberId: string;
  /** The version of the customer's scores that it led to; null if the change was too small to publish. */
  readonly version: number | null;
}

/** The activities that have evidence already, by id, with the version that each led to. */
export async function findVersions(
  client: PoolClient,
  modelId: number,
  activityIds: readonly string[],
): Promise<Map<string, number | null>> {
  const { rows } = await client.query<{ activity_id: string; version: number | null }>({
    name: 'scoring-find-evidence',
    text: 'select activity_id, version from scoring.evidence where model_id = $1 and activity_id = any($2::uuid[])',
    values: [modelId, uuids(activityIds)],
  });
  return new Map(rows.map((row) => [row.activity_id, row.version]));
}

/** Adds evidence, ordered by id so that batches cannot deadlock. Throws `Race` if some of it exists already. */
export async function addEvidence(
  client: PoolClient,
  modelId: number,
  batch: readonly StoredEvidence[],
): Promise<void> {
  if (batch.length === 0) return;
  const evidence = batch.toSorted((a, b) => (a.activityId < b.activityId ? -1 : 1));
  const { rowCount } = await client.query({
    name: 'scoring-add-evidence',
    text: `
      insert into scoring.evidence (model_id, activity_id, member_id, name, channel, happened_at, signals, version)
      select $1, a::uuid, m::uuid, n, c, to_timestamp(t::float8 / 1000), s::json, nullif(v, '')::int
        from unnest(string_to_array($2, E'\\n'), string_to_array($3, E'\\n'), string_to_array($4, E'\\n'), string_to_array($5, E'\\n'),
                    string_to_array($6, E'\\n'), string_to_array($7, E'\\n'), string_to_array($8, E'\\n')) as row(a, m, n, c, t, s, v)
      on conflict do nothing`,
    values: [
      modelId,
      lines(evidence, ({ activityId }) => activityId),
      lines(evidence, ({ memberId }) => memberId),
      lines(evidence, ({ name }) => name),
      lines(evidence, ({ channel }) => channel),
      lines(evidence, ({ at }) => String(at)),
      lines(evidence, ({ signals }) =>
        JSON.stringify(signals.map(({ element, weight, valence }) => [element, weight, valence])),
      ),
      lines(evidence, ({ version }) => (version === null ? '' : String(version))),
    ],
  });
  if (rowCount !== evidence.length) throw new Race('evidence of the batch');
}

interface Row {
  readonly activity_id: string;
  readonly name: string;
  readonly channel: Channel;
  readonly happened_at: number;
  readonly signals: [Element, number, number][];
}

/** The evidence of all members of a customer, up to an instant (milliseconds since 1970), oldest first. */
export async function readEvidence(
  dataSource: DataSource,
  modelId: number,
  of: { customerId: string; until: number },
): Promise<Evidence[]> {
  const rows = await dataSource.query<Row[]>(
    `select e.activity_id, e.name, e.channel, extract(epoch from e.happened_at)::float8 * 1000 as happened_at, e.signals
       from scoring.evidence e join scoring.member m using (model_id, member_id)
      where e.model_id = $1 and m.customer_id = $2 and e.happened_at <= to_timestamp($3::float8 / 1000)
      order by e.happened_at, e.activity_id`,
    [modelId, of.customerId, of.until],
  );
  return rows.map(({ activity_id, name, channel, happened_at, signals }) => ({
    activityId: activity_id,
    name,
    channel,
    at: Math.round(happened_at),
    signals: signals.map(([element, weight, valence]): Signal => ({ element, weight, valence })),
  }));
}
