import type { DataSource } from 'typeorm';

interface Asked {
  /** The first id, or one before it; after the last customer it goes on with the first one. From the first customer if absent. */
  readonly from?: string | undefined;
  /** How many customers at most. */
  readonly most: number;
  readonly atOnce: number;
}

const before = '00000000-0000-0000-0000-000000000000';

/** The ids of customers, each once, page by page, in their order. */
export async function* customersFrom(
  dataSource: DataSource,
  modelId: number,
  { from = before, most, atOnce }: Asked,
): AsyncGenerator<string[]> {
  let left = most;
  for (const [first, end] of from === before
    ? [[before, undefined]]
    : [
        [from, undefined],
        [before, from],
      ]) {
    let after = first!;
    while (left > 0) {
      const rows: { customer_id: string }[] = await dataSource.query(
        `select distinct customer_id from scoring.member
          where model_id = $1 and customer_id > $2 and ($3::uuid is null or customer_id <= $3) order by 1 limit $4`,
        [modelId, after, end ?? null, Math.min(left, atOnce)],
      );
      if (rows.length === 0) break;
      left -= rows.length;
      after = rows.at(-1)!.customer_id;
      yield rows.map((row) => row.customer_id);
    }
  }
}

/** An id between the first and the last one of the customers. Ids begin with the instant at which they were made, so a random UUID would be after all of them. */
export async function randomStart(dataSource: DataSource, modelId: number): Promise<string | undefined> {
  const [row] = await dataSource.query<{ first: string | null; last: string | null }[]>(
    `select (select customer_id from scoring.member where model_id = $1 order by customer_id limit 1) as first,
            (select customer_id from scoring.member where model_id = $1 order by customer_id desc limit 1) as last`,
    [modelId],
  );
  if (!row?.first || !row.last) return undefined;
  const [first, last] = [toNumber(row.first), toNumber(row.last)];
  const parts = 1_000_000n;
  const id = first + ((last - first) * BigInt(Math.floor(Math.random() * Number(parts)))) / parts;
  return id
    .toString(16)
    .padStart(32, '0')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const toNumber = (id: string) => BigInt(`0x${id.replaceAll('-', '')}`);
