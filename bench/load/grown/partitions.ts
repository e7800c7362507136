import { dataSourceOf, MonthlyPartitions } from '@sestante/postgres';

const tables = [
  { schema: 'profile', table: 'activity' },
  { schema: 'scoring', table: 'activity' },
  { schema: 'offers', table: 'decision' },
];

/** Creates the partitions of this month and of the months before it. */
export async function addPartitions(url: string, months: number): Promise<void> {
  const now = new Date();
  const starts = Array.from({ length: months + 1 }, (_, ago) =>
    Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago),
  );
  for (const of of tables) {
    const dataSource = await dataSourceOf({ url, schema: of.schema, migrations: [] }).initialize();
    try {
      await new MonthlyPartitions(dataSource, of).ensure(starts);
    } finally {
      await dataSource.destroy();
    }
  }
}
