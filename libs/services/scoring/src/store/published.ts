import { lines } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { ShownScores } from '../translate.ts';

/** What was last said of a customer's scores. */
export interface Published {
  readonly version: number;
  readonly elements: ShownScores;
}

export async function findPublished(
  client: PoolClient,
  modelId: number,
  customerIds: readonly string[],
): Promise<Map<string, Published>> {
  const { rows } = await client.query<{ customer_id: string; version: number; published: ShownScores }>({
    name: 'scoring-find-published',
    text: 'select customer_id, version, published from scoring.customer where model_id = $1 and customer_id = any($2::uuid[])',
    values: [modelId, customerIds],
  });
  return new Map(rows.map((row) => [row.customer_id, { version: row.version, elements: row.published }]));
}

export async function savePublished(
  client: PoolClient,
  modelId: number,
  published: ReadonlyMap<string, Published>,
): Promise<void> {
  if (published.size === 0) return;
  const rows = [...published].sort(([a], [b]) => (a < b ? -1 : 1));
  await client.query({
    name: 'scoring-save-published',
    text: `
      insert into scoring.customer as c (model_id, customer_id, version, published)
      select $1, id::uuid, v::int, p::json
        from unnest(string_to_array($2, E'\\n'), string_to_array($3, E'\\n'), string_to_array($4, E'\\n')) as row(id, v, p)
      on conflict (model_id, customer_id) do update set version = excluded.version, published = excluded.published`,
    values: [
      modelId,
      lines(rows, ([customerId]) => customerId),
      lines(rows, ([, { version }]) => String(version)),
      lines(rows, ([, { elements }]) => JSON.stringify(elements)),
    ],
  });
}
