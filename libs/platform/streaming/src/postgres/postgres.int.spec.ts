import { connect, dataSourceOf } from '@sestante/postgres';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import type { Pool } from 'pg';
import type { Stream } from '../stream.ts';
import type { Harness } from '../testing/harness.ts';
import { streamContract } from '../testing/stream.contract.ts';
import { migrations } from './migrations.ts';
import { postgresStream } from './postgres-stream.ts';

streamContract('Postgres keeps the contract of a stream', { isAtomic: true }, async () =>
  harness(await testDatabase()),
);

async function harness(database: TestDatabase): Promise<Harness> {
  const users = dataSourceOf({ url: database.url, schema: 'stream', migrations });
  await connect(users, 'stream');
  const deaths = new Map<Stream, () => void>();
  return {
    async connect() {
      const dataSource = dataSourceOf({ url: database.url, schema: 'stream', migrations });
      await connect(dataSource, 'stream');
      const inner = postgresStream({ dataSource, closeTimeoutMs: 1_000 });
      const stream: Stream = {
        ...inner,
        async close() {
          await inner.close();
          await dataSource.destroy().catch(() => undefined);
        },
      };
      deaths.set(stream, cutter((dataSource.driver as unknown as { master: Pool }).master));
      return stream;
    },
    async crash(stream) {
      deaths.get(stream)?.();
      // Nothing can be committed any more. This only ends the loops, which a dead process would not have.
      void stream.close();
    },
    database: users,
    async dispose() {
      await users.destroy();
      await database.drop();
    },
  };
}

/** Closes every connection of the pool, like the death of the process, and prevents new ones. */
function cutter(pool: Pool): () => void {
  return () => {
    const { _clients } = pool as unknown as { _clients: { connection: { stream: { destroy(): void } } }[] };
    for (const client of _clients) client.connection.stream.destroy();
    void pool.end();
  };
}
