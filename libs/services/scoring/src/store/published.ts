import { elements } from '@sestante/engagement';
import { intArray, Race, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { PublishedElements } from '../translate.ts';
import { insertingNew } from './inserting-new.ts';

/** The last published scores of a customer. */
export interface PublishedScores {
  readonly version: number;
  readonly elements: PublishedElements;
}

/** The published scores of a customer, and the version before them; 0 if there was none. */
export interface PublishedUpdate extends PublishedScores {
  readonly customerId: string;
  readonly previousVersion: number;
}

export async function findPublished(
  client: PoolClient,
  modelId: number,
  customerIds: readonly string[],
): Promise<Map<string, PublishedScores>> {
  if (customerIds.length === 0) return new Map();
  const { rows } = await client.query<{ customer_id: string; version: number; published: Buffer }>({
    name: 'scoring-find-published',
    text: 'select customer_id, version, published from scoring.customer where model_id = $1 and customer_id = any($2::uuid[])',
    values: [modelId, uuidArray(customerIds)],
  });
  return new Map(rows.map((row) => [row.customer_id, { version: row.version, elements: toNumbers(row.published) }]));
}

/** Stores the scores. Throws `Race` if the stored version is not the previous one. */
export async function savePublished(
  client: PoolClient,
  modelId: number,
  changes: readonly PublishedUpdate[],
): Promise<void> {
  await Promise.all([
    updatePublished(
      client,
      modelId,
      changes.filter(({ previousVersion }) => previousVersion > 0),
    ),
    addPublished(
      client,
      modelId,
      changes.filter(({ previousVersion }) => previousVersion === 0),
    ),
  ]);
}

async function updatePublished(
  client: PoolClient,
  modelId: number,
  changes: readonly PublishedUpdate[],
): Promise<void> {
  if (changes.length === 0) return;
  // `any` keeps the planner from reading the whole table for a hash join.
  const { rowCount } = await client.query({
    name: 'scoring-update-published',
    text: `
      update scoring.customer c
         set version = new.version, published = substring($5::bytea from ((new.n - 1) * $6::int + 1)::int for $6::int)
        from unnest($2::uuid[], $3::int[], $4::int[]) with ordinality as new (customer_id, previous, version, n)
       where c.model_id = $1 and c.customer_id = any($2::uuid[]) and c.customer_id = new.customer_id and c.version = new.previous`,
    values: [
      modelId,
      uuidArray(changes.map(({ customerId }) => customerId)),
      intArray(changes.map(({ previousVersion }) => previousVersion)),
      intArray(changes.map(({ version }) => version)),
      toColumn(changes),
      packedBytes,
    ],
  });
  if (rowCount !== changes.length) throw new Race('the published scores of a customer');
}

async function addPublished(client: PoolClient, modelId: number, changes: readonly PublishedUpdate[]): Promise<void> {
  if (changes.length === 0) return;
  await insertingNew('the published scores of a customer', () =>
    client.query({
      name: 'scoring-add-published',
      text: `
        insert into scoring.customer (model_id, customer_id, version, published)
        select $1, new.customer_id, new.version, substring($4::bytea from ((new.n - 1) * $5::int + 1)::int for $5::int)
          from unnest($2::uuid[], $3::int[]) with ordinality as new (customer_id, version, n)`,
      values: [
        modelId,
        uuidArray(changes.map(({ customerId }) => customerId)),
        intArray(changes.map(({ version }) => version)),
        toColumn(changes),
        packedBytes,
      ],
    }),
  );
}

const numbersInRow = 2 * elements.length;
const packedBytes = numbersInRow * Float64Array.BYTES_PER_ELEMENT;

/** The numbers of all rows as 64-bit floats, one row after another. */
function toColumn(changes: readonly PublishedUpdate[]): Buffer {
  const column = new Float64Array(changes.length * numbersInRow);
  for (const [index, { elements: numbers }] of changes.entries()) column.set(numbers, index * numbersInRow);
  return Buffer.from(column.buffer);
}

function toNumbers(packed: Buffer): PublishedElements {
  return [...new Float64Array(new Uint8Array(packed).buffer)];
}
