import { expect } from '@jest/globals';
import { type ActivityReceived, open, topics } from '@sestante/contracts';
import { connect, dataSourceOf } from '@sestante/postgres';
import { testDatabase } from '@sestante/postgres/testing';
import { boot, parseConfig } from '@sestante/runtime';
import { documentOf, responseChecker } from '@sestante/runtime/openapi';
import { type Delivery, postgresStream, streamMigrations } from '@sestante/streaming';
import { collect } from '@sestante/streaming/testing';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { IngestModule } from '../src/index.ts';

export const writeKey = 'write-key-of-the-tests';
export const apiKey = 'api-key-of-the-tests';

export interface MadeSource {
  readonly id: string;
  readonly name: string;
  readonly writeKey: string;
  readonly keys: readonly { readonly id: string; readonly endsAt: string | null }[];
}

/** The service with HTTP and a database of its own. Every response is checked against its OpenAPI document. */
export interface Ingest {
  readonly url: string;
  /** Sends a body, with the write key as Basic authentication unless `headers` are given. */
  post(path: string, body: string | Uint8Array, headers?: Record<string, string>): Promise<Response>;
  /** Sends a GET with the administrator's key. */
  get(path: string): Promise<Response>;
  /** Sends a change with the administrator's key, such as `change('POST /api/v1/sources', { … })`. */
  change(route: string, body?: unknown): Promise<Response>;
  /** A new source with a new key. */
  aSource(over?: object): Promise<MadeSource>;
  /** The activities in the stream, when the condition is true. */
  until(isAsWanted: (activities: readonly ActivityReceived[]) => boolean): Promise<readonly ActivityReceived[]>;
  readonly databaseUrl: string;
  /** A separate connection to the database. */
  readonly dataSource: DataSource;
  stop(): Promise<void>;
}

/** Starts the service on the given database, or on a new one that is dropped at the end. */
export async function startIngest(given?: string): Promise<Ingest> {
  const database = given ? { url: given, drop: async () => undefined } : await testDatabase();
  const keys = { SESTANTE_WRITE_KEY: writeKey, SESTANTE_API_KEY: apiKey };
  const config = parseConfig({ PORT: '0', DATABASE_URL: database.url, LOG_LEVEL: 'silent', ...keys });
  const running = await boot([IngestModule], config);
  await running.ready;
  const dataSource = dataSourceOf({ url: database.url, schema: 'stream', migrations: streamMigrations });
  await connect(dataSource, 'stream');
  const witness = postgresStream({ dataSource });
  const probe = collect();
  await witness.subscribe({ topic: topics.activities.name, group: 'witness', handler: probe.handler });
  const { url } = running;
  const asked = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(`${url}${path}`, init);
    const complaint = await complaintAbout(path, init, response);
    if (complaint) throw new Error(complaint);
    return response;
  };
  const asAdmin = { authorization: `Bearer ${apiKey}` };
  return {
    url,
    databaseUrl: database.url,
    dataSource,
    post: (path, body, headers = basic(writeKey)) => asked(path, { method: 'POST', body, headers }),
    get: (path) => asked(path, { headers: asAdmin }),
    change(route, body) {
      const [method, path] = route.split(' ');
      return asked(path!, { method: method!, headers: asAdmin, body: JSON.stringify(body) ?? null });
    },
    async aSource(over) {
      const body = JSON.stringify({ name: randomUUID(), channel: 'web', ...over });
      const response = await fetch(`${url}/api/v1/sources`, { method: 'POST', headers: asAdmin, body });
      if (response.status !== 201) throw new Error(await response.text());
      return (await response.json()) as MadeSource;
    },
    async until(isAsWanted) {
      await probe.until((deliveries) => isAsWanted(deliveries.map(toActivity)));
      return probe.deliveries.map(toActivity);
    },
    async stop() {
      await running.stop();
      await witness.close();
      await dataSource.destroy();
      await database.drop();
    },
  };
}

const { mismatchOf: complaintOf } = responseChecker(await documentOf(IngestModule));

async function complaintAbout(path: string, { method = 'GET' }: RequestInit, response: Response) {
  const contentType = response.headers.get('content-type');
  const isJson = /^application\/(.*\+)?json\b/.test(contentType ?? '');
  const body: unknown = isJson && method !== 'HEAD' ? await response.clone().json() : undefined;
  return complaintOf({ method, path, status: response.status, contentType, body });
}

const toActivity = (message: Delivery) => open(topics.activities, message).data;

/** The key as the user name of Basic authentication. */
export function basic(key: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` };
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

/** The problem details of a response. Fails for another response, and for a server error. */
export async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  expect([response.status < 500, response.headers.get('content-type'), text]).toEqual([
    true,
    expect.stringMatching(/^application\/problem\+json\b/),
    expect.stringContaining('"code"'),
  ]);
  const problem = JSON.parse(text) as Problem;
  expect(problem).toMatchObject({ type: 'about:blank', title: expect.any(String), status: response.status });
  return problem;
}
