import { Client } from 'pg';
import type { DataSource } from 'typeorm';

/**
 * Yields what `work` yields, which has a connection of its own: those of the pool are pipelined, and cannot run COPY or cursors. If the reader stops before the end, the
 * connection is cut, and the server ends the statement.
 */
export async function* withOwnClient<T>(
  dataSource: DataSource,
  work: (client: Client) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const { url } = dataSource.options as { readonly url?: string };
  const client = new Client({ connectionString: url!, connectionTimeoutMillis: 5_000 });
  // A connection that is lost also fails the statement that runs.
  client.on('error', () => undefined);
  try {
    await client.connect();
    yield* work(client);
  } finally {
    await client.end();
  }
}
