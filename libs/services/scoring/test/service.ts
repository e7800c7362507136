import { jest } from '@jest/globals';
import { type CustomerActed, seal, topics } from '@sestante/contracts';
import { connect, dataSourceOf } from '@sestante/postgres';
import { testDatabase } from '@sestante/postgres/testing';
import { boot, hashOf, parseConfig } from '@sestante/runtime';
import { postgresStream, type Stream, streamMigrations } from '@sestante/streaming';
import { eventually } from '@sestante/streaming/testing';
import { ScoringModule } from '../src/scoring.module.ts';

/** Longer than `eventually` is patient: a test fails with what it waited for. */
jest.setTimeout(20_000);

const adminKey = 'the-administrators-key';

export interface Answer {
  readonly status: number;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- whatever the service answers
}

/** The whole service over HTTP, on a database and a stream of its own. */
export interface Service {
  /** Publishes the activities, and resolves when the service has handled them. */
  happened(...activities: CustomerActed[]): Promise<void>;
  get(path: string, credential?: string): Promise<Answer>;
  /** A new API key of the role. */
  keyOf(role: string): Promise<string>;
  query(sql: string, values?: unknown[]): Promise<unknown[]>;
  stop(): Promise<void>;
}

export async function startScoring(): Promise<Service> {
  const database = await testDatabase();
  const settings = { PORT: '0', DATABASE_URL: database.url, SESTANTE_API_KEY: adminKey, LOG_LEVEL: 'silent' };
  const running = await boot([ScoringModule], parseConfig(settings));
  await running.ready;
  const dataSource = dataSourceOf({ url: database.url, schema: 'stream', migrations: streamMigrations });
  await connect(dataSource, 'stream');
  const stream = postgresStream({ dataSource });
  return {
    happened: publisher(stream),
    async get(path, credential = adminKey) {
      const response = await fetch(running.url + path, { headers: { authorization: `Bearer ${credential}` } });
      return { status: response.status, body: await response.json() };
    },
    async keyOf(role) {
      const key = `a-key-with-the-role-${role}`;
      await dataSource.query(
        'insert into access.api_key (name, role, hash) values ($1, $1, $2) on conflict do nothing',
        [role, hashOf(key)],
      );
      return key;
    },
    query: (sql, values) => dataSource.query<unknown[]>(sql, values),
    async stop() {
      await running.stop();
      await stream.close();
      await dataSource.destroy();
      await database.drop();
    },
  };
}

function publisher(stream: Stream): Service['happened'] {
  return async (...activities) => {
    const messages = activities.map((data) =>
      seal(topics.customers, { event: 'CustomerActed', id: data.activityId, key: data.customerId, data }),
    );
    await stream.publish(topics.customers.name, messages);
    await eventually(async () => {
      const behind = (await stream.positions(topics.customers.name)).filter(({ end, committed }) => committed < end);
      if (behind.length > 0) throw new Error(`The service has not handled everything: ${JSON.stringify(behind)}`);
    });
  };
}
