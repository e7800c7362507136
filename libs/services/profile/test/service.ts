import { jest } from '@jest/globals';
import { type ActivityReceived, seal, topics } from '@sestante/contracts';
import { connect, dataSourceOf } from '@sestante/postgres';
import { testDatabase } from '@sestante/postgres/testing';
import { boot, hashOf, parseConfig } from '@sestante/runtime';
import { postgresStream, type Stream, streamMigrations } from '@sestante/streaming';
import { eventually } from '@sestante/streaming/testing';
import { ProfileModule } from '../src/profile.module.ts';

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
  happened(...activities: ActivityReceived[]): Promise<void>;
  get(path: string, credential?: string): Promise<Answer>;
  post(path: string, body: unknown, credential?: string): Promise<Answer>;
  /** The id of the customer that the identifier leads to. */
  idOf(kind: string, value: string): Promise<string>;
  /** A new API key of the role. */
  keyOf(role: string): Promise<string>;
  query(sql: string, values?: unknown[]): Promise<unknown[]>;
  stop(): Promise<void>;
}

export async function startProfile(): Promise<Service> {
  const database = await testDatabase();
  const settings = { PORT: '0', DATABASE_URL: database.url, SESTANTE_API_KEY: adminKey, LOG_LEVEL: 'silent' };
  const running = await boot([ProfileModule], parseConfig(settings));
  await running.ready;
  const dataSource = dataSourceOf({ url: database.url, schema: 'stream', migrations: streamMigrations });
  await connect(dataSource, 'stream');
  const stream = postgresStream({ dataSource });
  const request = async (path: string, credential: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = { authorization: `Bearer ${credential}`, 'content-type': 'application/json' };
    const response = await fetch(running.url + path, { ...init, headers });
    return { status: response.status, body: await response.json() };
  };
  const get = (path: string, credential = adminKey) => request(path, credential);
  return {
    happened: publisher(stream),
    get,
    post: (path, body, credential = adminKey) =>
      request(path, credential, { method: 'POST', body: JSON.stringify(body) }),
    async idOf(kind, value) {
      const { body } = await get(`/api/v1/customers?kind=${kind}&value=${encodeURIComponent(value)}`);
      return body.items[0].customerId as string;
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
    const messages = activities.map((data) => {
      const { kind, value } = data.identifiers[0]!;
      return seal(topics.activities, { event: 'ActivityReceived', id: data.activityId, key: `${kind}:${value}`, data });
    });
    await stream.publish(topics.activities.name, messages);
    await eventually(async () => {
      const behind = (await stream.positions(topics.activities.name)).filter(({ end, committed }) => committed < end);
      if (behind.length > 0) throw new Error(`The service has not handled everything: ${JSON.stringify(behind)}`);
    });
  };
}
