import { erasedMoves } from '@sestante/contracts';
import { uuidArray } from '@sestante/postgres';
import type { DataSource } from 'typeorm';

/** Which of these ids are of customers that are there: neither merged into others nor erased. */
export async function presentCustomers(
  dataSource: DataSource,
  modelId: number,
  customerIds: readonly string[],
): Promise<Set<string>> {
  const rows = await dataSource.query<{ customer_id: string }[]>(
    `select distinct customer_id from scoring.member
      where model_id = $1 and customer_id = any($2::uuid[]) and moves <> $3`,
    [modelId, uuidArray(customerIds), erasedMoves],
  );
  return new Set(rows.map((row) => row.customer_id));
}

/** Whether there are at most so many members under the model. */
export async function isSmall(dataSource: DataSource, modelId: number, most: number): Promise<boolean> {
  const [row] = await dataSource.query<{ count: number }[]>(
    'select count(*)::int as count from (select from scoring.member where model_id = $1 limit $2) as found',
    [modelId, most + 1],
  );
  return row!.count <= most;
}
