import { byElement, elements } from '@sestante/engagement';
import { lines, uuids } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { PublishedElements } from '../translate.ts';

/** The last published scores of a customer. */
export interface PublishedScores {
  readonly version: number;
  readonly elements: PublishedElements;
}

export async function findPublished(
  client: PoolClient,
  modelId: number,
  customerIds: readonly string[],
): Promise<Map<string, PublishedScores>> {
  const { rows } = await client.query<{ customer_id: string; version: number; published: Buffer }>({
    name: 'scoring-find-published',
    text: 'select customer_id, version, published from scoring.customer where model_id = $1 and customer_id = any($2::uuid[])',
    values: [modelId, uuids(customerIds)],
  });
  return new Map(rows.map((row) => [row.customer_id, { version: row.version, elements: unpack(row.published) }]));
}

export async function savePublished(
  client: PoolClient,
  modelId: number,
  published: ReadonlyMap<string, PublishedScores>,
): Promise<void> {
  if (published.size === 0) return;
  const rows = [...published].sort(([a], [b]) => (a < b ? -1 : 1));
  await client.query({
    name: 'scoring-save-published',
    text: `
      insert into scoring.customer as c (model_id, customer_id, version, published)
      select $1, id::uuid, v::int, substring($4::bytea from ((n - 1) * $5::int + 1)::int for $5::int)
        from unnest(string_to_array($2, E'\\n'), string_to_array($3, E'\\n')) with ordinality as row(id, v, n)
      on conflict (customer_id, model_id) do update set version = excluded.version, published = excluded.published`,
    values: [
      modelId,
      lines(rows, ([customerId]) => customerId),
      lines(rows, ([, { version }]) => String(version)),
      Buffer.concat(rows.map(([, { elements: scores }]) => pack(scores))),
      packedBytes,
    ],
  });
}

const packedBytes = elements.length * 2 * Float64Array.BYTES_PER_ELEMENT;

/** Bond and mood of each element as 12 numbers (64-bit floats); NaN represents null. */
function pack(scores: PublishedElements): Buffer {
  const numbers = elements.flatMap((element) => {
    const { bond, mood } = scores[element];
    return [bond ?? Number.NaN, mood ?? Number.NaN];
  });
  return Buffer.from(Float64Array.from(numbers).buffer);
}

function unpack(packed: Buffer): PublishedElements {
  const numbers = new Float64Array(new Uint8Array(packed).buffer);
  const orNull = (number: number) => (Number.isNaN(number) ? null : number);
  let at = 0;
  return byElement(() => ({ bond: orNull(numbers[at++]!), mood: orNull(numbers[at++]!) }));
}
