import { testDatabase } from '@sestante/postgres/testing';
import { eventually } from '@sestante/streaming/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

const program = join(import.meta.dirname, '../../standalone/dist/main.js');
const apiKey = 'api-key-of-the-tests';
const writeKey = 'write-key-of-the-tests';

/** The built console, served by the program of `npm start`. */
export interface ServedConsole {
  readonly url: string;
  readonly apiKey: string;
  /** Sends tracking events with the write key of the first source, and waits until all of them are processed. */
  track(...events: readonly object[]): Promise<void>;
  /** Calls the API as the administrator. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Runs SQL in its database. */
  query<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

export async function serveConsole(): Promise<ServedConsole> {
  const database = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'sestante-console-'));
  const { PATH, HOME } = process.env;
  const keys = { SESTANTE_API_KEY: apiKey, SESTANTE_WRITE_KEY: writeKey };
  const child = spawn(process.execPath, [program], {
    env: { PATH, HOME, ...keys, PORT: '0', DATABASE_URL: database.url, LOG_LEVEL: 'warn', SESTANTE_DATA: folder },
  });
  const ended = once(child, 'exit');
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const found = /listens on (\S+)/.exec(output)?.[1];
        if (found) resolve(found);
      });
    void ended.then(() => reject(new Error(`The program ended:\n${output}`)));
  });
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${apiKey}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  return {
    url,
    apiKey,
    call,
    async track(...batch) {
      const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
      const sent = batch.map((event) => ({ type: 'track', ...event }));
      const response = await fetch(`${url}/v1/batch`, {
        method: 'POST',
        headers: { authorization },
        body: JSON.stringify({ batch: sent }),
      });
      if (!response.ok) throw new Error(`The events were answered with ${response.status}: ${await response.text()}`);
      await eventually(async () => {
        const { lag } = (await call('GET', '/api/v1/stats')) as { lag: { messages: number }[] };
        if (lag.some(({ messages }) => messages > 0)) throw new Error(`It is behind: ${JSON.stringify(lag)}`);
      });
    },
    async query<Row>(sql: string, values: unknown[] = []) {
      const client = new Client({ connectionString: database.url });
      await client.connect();
      try {
        return (await client.query(sql, values)).rows as Row[];
      } finally {
        await client.end();
      }
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
}
