import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/** Lends one connection of the data source's pool. Hot paths speak SQL to it themselves. */
export async function withClient<T>(dataSource: DataSource, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    return await work((await runner.connect()) as PoolClient);
  } finally {
    await runner.release();
  }
}

/** Runs `work` in one transaction: committed when it resolves, rolled back when it rejects. */
export async function transaction<T>(dataSource: DataSource, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return withClient(dataSource, async (client) => {
    await client.query('begin');
    try {
      const result = await work(client);
      // After a failed statement, COMMIT rolls back and reports no error.
      const { command } = await client.query('commit');
      if (command !== 'COMMIT') throw new Error('The transaction was rolled back: one of its statements had failed.');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  });
}
