import { jest } from '@jest/globals';
import { type CustomerActed, type Envelope, type ScoreChanged, seal, topics } from '@sestante/contracts';
import { connect, dataSourceOf } from '@sestante/postgres';
import { testDatabase } from '@sestante/postgres/testing';
import { boot, hashOf, parseConfig } from '@sestante/runtime';
import { postgresStream, type Stream, streamMigrations } from '@sestante/streaming';
import { eventually } from '@sestante/streaming/testing';
import { OffersModule } from '../src/offers.module.ts';
import { type Listening, listenTo } from './listening.ts';

/** Longer than `eventually` is patient: a test fails with what it waited for. */
jest.setTimeout(20_000);

const adminKey = 'the-administrators-key';

export interface Answer {
  readonly status: number;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- whatever the service answers
}

/** The whole service over HTTP, on a database and a stream of its own. */
export interface Service {
  readonly url: string;
  /** Publishes activities, and resolves when the service has handled them. */
  acted(...activities: CustomerActed[]): Promise<void>;
  /** Publishes moved scores, and resolves when the service has handled them. */
  moved(...scores: ScoreChanged[]): Promise<void>;
  /** Publishes messages, and does not wait. */
  publish(topic: string, messages: readonly Envelope[]): Promise<void>;
  get(path: string, credential?: string): Promise<Answer>;
  /** Listens to the offers of a customer. */
  listen(customerId: string, lastEventId?: string): Promise<Listening>;
  /** A new API key of the role. */
  keyOf(role: string): Promise<string>;
  query<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Ends the service, as a signal to its process would. */
  end(): Promise<void>;
  /** Removes all that the test has made. */
  dispose(): Promise<void>;
}

export async function startOffers(): Promise<Service> {
  const database = await testDatabase();
  const settings = { PORT: '0', DATABASE_URL: database.url, SESTANTE_API_KEY: adminKey, LOG_LEVEL: 'silent' };
  const running = await boot([OffersModule], parseConfig(settings));
  await running.ready;
  const dataSource = dataSourceOf({ url: database.url, schema: 'stream', migrations: streamMigrations });
  await connect(dataSource, 'stream');
  const stream = postgresStream({ dataSource });
  const listeners: Listening[] = [];
  let ending: Promise<void> | undefined;
  const end = () => (ending ??= running.stop());
  return {
    url: running.url,
    acted: (...activities) =>
      handled(
        stream,
        topics.customers.name,
        activities.map((data) =>
          seal(topics.customers, { event: 'CustomerActed', id: data.activityId, key: data.customerId, data }),
        ),
      ),
    moved: (...scores) =>
      handled(
        stream,
        topics.scores.name,
        scores.map((data) =>
          seal(topics.scores, { event: 'ScoreChanged', id: data.cause.activityId, key: data.customerId, data }),
        ),
      ),
    publish: (topic, messages) => stream.publish(topic, messages),
    async get(path, credential = adminKey) {
      const response = await fetch(running.url + path, { headers: { authorization: `Bearer ${credential}` } });
      return { status: response.status, body: await response.json() };
    },
    async listen(customerId, lastEventId) {
      const resuming: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
      const url = `${running.url}/api/v1/customers/${customerId}/offers/stream`;
      const listening = await listenTo(url, { authorization: `Bearer ${adminKey}`, ...resuming });
      listeners.push(listening);
      return listening;
    },
    async keyOf(role) {
      const key = `a-key-with-the-role-${role}`;
      await dataSource.query(
        'insert into access.api_key (name, role, hash) values ($1, $1, $2) on conflict do nothing',
        [role, hashOf(key)],
      );
      return key;
    },
    query: <Row>(sql: string, values?: unknown[]) => dataSource.query<Row[]>(sql, values),
    end,
    async dispose() {
      for (const listening of listeners) listening.hangUp();
      await end();
      await stream.close();
      await dataSource.destroy();
      await database.drop();
    },
  };
}

/** Publishes, and waits until every group has read the topic to its end. */
async function handled(stream: Stream, topic: string, messages: readonly Envelope[]): Promise<void> {
  await stream.publish(topic, messages);
  await eventually(async () => {
    const behind = (await stream.positions(topic)).filter(({ end, committed }) => committed < end);
    if (behind.length > 0) throw new Error(`The service has not handled everything: ${JSON.stringify(behind)}`);
  });
}
