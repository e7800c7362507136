import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/**
 * Runs `work` with one connection of the pool, for the SQL of hot paths. The connection is pipelined: statements that are sent without
 * waiting for each other run in the order in which they were sent.
 */
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
    const begun = client.query('begin');
    // A failure of `begin` also rejects the first statement.
    begun.catch(() => undefined);
    try {
      const result = await work(client);
      await begun;
      // After a failed statement, COMMIT rolls back and reports no error.
      const { command } = await client.query('commit');
      if (command !== 'COMMIT')
        throw new Error('The transaction was rolled back because one of its statements failed.');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  });
}
