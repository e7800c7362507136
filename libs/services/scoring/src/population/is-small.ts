import type { DataSource } from 'typeorm';

/** Whether there are at most so many members under the model. */
export async function isSmall(dataSource: DataSource, modelId: number, most: number): Promise<boolean> {
  const [row] = await dataSource.query<{ count: number }[]>(
    'select count(*)::int as count from (select from scoring.member where model_id = $1 limit $2) as found',
    [modelId, most + 1],
  );
  return row!.count <= most;
}
