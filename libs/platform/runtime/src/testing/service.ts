import type { Type } from '@nestjs/common';
import type { Envelope } from '@sestante/contracts';
import { connect, dataSourceOf } from '@sestante/postgres';
import { testDatabase } from '@sestante/postgres/testing';
import { postgresStream, streamMigrations } from '@sestante/streaming';
import { eventually } from '@sestante/streaming/testing';
import { signingSecretTable } from '../access/access-table.ts';
import { CustomerTokens } from '../access/customer-tokens.ts';
import { boot } from '../boot.ts';
import { parseConfig } from '../config.ts';
import { documentOf } from '../openapi/document-of.ts';
import { responseChecker } from '../openapi/response-checker.ts';

export const adminKey = 'the-administrators-key';

export interface Answer {
  readonly status: number;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- whatever the service answers
}

/** A whole service over HTTP, with its own database and stream. Every response must conform to its OpenAPI document. */
export interface ServiceUnderTest {
  readonly url: string;
  /** The URL of its database, for further processes of a test. */
  readonly databaseUrl: string;
  get(path: string, credential?: string): Promise<Answer>;
  post(path: string, body: unknown, credential?: string): Promise<Answer>;
  /** Sends a request with any method, such as `change('PUT /api/v1/…', { … })`. */
  change(route: string, body?: unknown, credential?: string): Promise<Answer>;
  /** Publishes messages without waiting until they are handled. */
  publish(topic: string, messages: readonly Envelope[]): Promise<void>;
  /** Publishes messages, and resolves when every group has read the topic to its end. */
  handled(topic: string, messages: readonly Envelope[]): Promise<void>;
  /** Creates an API key with the role. */
  keyOf(role: string): Promise<string>;
  /** A token of a customer, valid for a minute. With `isWeak`, of one who has weak identifiers only. */
  tokenOf(customerId: string, options?: { readonly isWeak: boolean }): Promise<string>;
  query<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Stops the service, as a signal to its process would. */
  end(): Promise<void>;
  /** Stops the service and removes its database. */
  dispose(): Promise<void>;
}

/** Starts a service. `settings` are further environment variables. */
export async function startService(
  module: Type,
  settings: Readonly<Record<string, string>> = {},
): Promise<ServiceUnderTest> {
  const database = await testDatabase();
  const usual = { PORT: '0', DATABASE_URL: database.url, SESTANTE_API_KEY: adminKey, LOG_LEVEL: 'silent' };
  const running = await boot([module], parseConfig({ ...usual, ...settings }));
  await running.ready;
  const dataSource = dataSourceOf({ url: database.url, schema: 'stream', migrations: streamMigrations });
  await connect(dataSource, 'stream');
  const access = { url: database.url, schema: 'access', entities: [signingSecretTable], migrations: [] };
  const accessDataSource = dataSourceOf(access);
  await connect(accessDataSource, 'access');
  const tokens = new CustomerTokens(accessDataSource);
  const stream = postgresStream({ dataSource });
  const { mismatchOf } = responseChecker(await documentOf(module));
  const request = async (path: string, credential: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = { authorization: `Bearer ${credential}`, 'content-type': 'application/json' };
    const response = await fetch(running.url + path, { ...init, headers });
    const { status } = response;
    const text = await response.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const contentType = response.headers.get('content-type');
    const mismatch = mismatchOf({ method: init.method ?? 'GET', path, status, contentType, body });
    if (mismatch) throw new Error(mismatch);
    return { status, body };
  };
  let ending: Promise<void> | undefined;
  const end = () => (ending ??= running.stop());
  return {
    url: running.url,
    databaseUrl: database.url,
    get: (path, credential = adminKey) => request(path, credential),
    post: (path, body, credential = adminKey) =>
      request(path, credential, { method: 'POST', body: JSON.stringify(body) }),
    change(route, body, credential = adminKey) {
      const [method, path] = route.split(' ');
      return request(path!, credential, { method: method!, body: JSON.stringify(body) ?? null });
    },
    publish: (topic, messages) => stream.publish(topic, messages),
    async handled(topic, messages) {
      await stream.publish(topic, messages);
      await eventually(async () => {
        const behind = (await stream.positions(topic)).filter(({ end: last, committed }) => committed < last);
        if (behind.length > 0) throw new Error(`The service has not handled everything: ${JSON.stringify(behind)}`);
      });
    },
    async keyOf(role) {
      const { body } = await request('/api/v1/keys', adminKey, {
        method: 'POST',
        body: JSON.stringify({ name: `a test of ${role}`, role }),
      });
      return (body as { key: string }).key;
    },
    tokenOf: (customerId, options) => tokens.issue(customerId, 60, options),
    query: <Row>(sql: string, values?: unknown[]) => dataSource.query<Row[]>(sql, values),
    end,
    async dispose() {
      await end();
      await stream.close();
      await Promise.all([dataSource.destroy(), accessDataSource.destroy()]);
      await database.drop();
    },
  };
}
