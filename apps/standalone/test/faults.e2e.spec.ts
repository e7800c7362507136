import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { apiKey, dataFolder, settledStats, type Standalone, startStandalone, until, writeKey } from './standalone.ts';

const stopMs = 5_000;

describe('the standalone program after a fault', () => {
  let data: ReturnType<typeof dataFolder>;
  let running: Standalone[];

  beforeEach(() => {
    data = dataFolder();
    running = [];
  });

  afterEach(async () => {
    for (const sestante of running) {
      sestante.process.kill('SIGTERM');
      await sestante.ended;
    }
    data.remove();
  });

  async function start(environment: Record<string, string> = {}): Promise<Standalone> {
    const sestante = await startStandalone(data.folder, environment);
    running.push(sestante);
    return sestante;
  }

  test('has every event exactly once after it was killed under load and restarted', async () => {
    const batches = Array.from({ length: 40 }, (_, batch) =>
      Array.from({ length: 100 }, (_, index) => anEvent(batch * 100 + index)),
    );
    let sestante = await start();
    const killed = sestante;
    for (const [index, batch] of batches.entries()) {
      if (index === 20) killed.process.kill('SIGKILL');
      while (!(await isAccepted(sestante, batch))) {
        await killed.ended;
        sestante = await start();
      }
    }
    const stats = await settledStats(sestante.url);
    expect(stats).toMatchObject({ activities: 4_000, customers: 50, decisions: 400, rejected: 0 });
    expect(stats.accepted).toBe(4_000 + stats.duplicate);
  }, 60_000);

  test('refuses events, restarts a killed database, and has every event exactly once', async () => {
    const sestante = await start();
    const postmaster = Number(readFileSync(join(data.folder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
    let refused = 0;
    for (let batch = 0; batch < 30; batch += 1) {
      if (batch === 10) process.kill(postmaster, 'SIGKILL');
      const events = Array.from({ length: 100 }, (_, index) => anEvent(batch * 100 + index));
      while (!(await isAccepted(sestante, events))) {
        refused += 1;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    expect(refused).toBeGreaterThan(0);
    const stats = await until(() => settledStats(sestante.url).catch(() => undefined), Boolean, 30_000);
    expect(stats).toMatchObject({ activities: 3_000, customers: 50, decisions: 300, rejected: 0 });
    // Readiness is checked at intervals.
    await until(
      async () => (await fetch(`${sestante.url}/health/ready`)).status,
      (status) => status === 200,
    );
  }, 60_000);

  test('stops within 5 s, with open streams and keep-alive connections', async () => {
    const sestante = await start();
    await isAccepted(sestante, [anEvent(1)]);
    await settledStats(sestante.url);
    const headers = { authorization: `Bearer ${apiKey}` };
    const found = (await (
      await fetch(`${sestante.url}/api/v1/customers?kind=user_id&value=u1`, { headers })
    ).json()) as { items: { customerId: string }[] };
    const stream = await fetch(`${sestante.url}/api/v1/customers/${found.items[0]!.customerId}/offers/stream`, {
      headers,
    });
    const startedAt = Date.now();
    sestante.process.kill('SIGTERM');
    expect(await sestante.ended).toBe(0);
    expect(Date.now() - startedAt).toBeLessThan(stopMs);
    expect(stream.status).toBe(200);
    await stream.text();
  }, 30_000);

  test('reports a port that is in use in one line', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => occupant.once('listening', resolve));
    const { port } = occupant.address() as { port: number };
    await expect(start({ PORT: String(port) })).rejects.toThrow(
      `sestante: port ${port} is already in use. Set PORT to a free port.`,
    );
    occupant.close();
  });

  test('refuses to start twice on one data folder, and the first process continues', async () => {
    const first = await start();
    const other = start({ SESTANTE_WRITE_KEY: 'another-write-key-of-the-tests' });
    await expect(other).rejects.toThrow(`Another Sestante uses the data folder ${data.folder}`);
    expect((await fetch(`${first.url}/health/ready`)).status).toBe(200);
    expect(keysOf(data.folder)).toMatchObject({ writeKey });
  }, 30_000);

  test('reports a wrong password in keys.json, and leaves no database running', async () => {
    const first = await start();
    first.process.kill('SIGTERM');
    await first.ended;
    writeKeys(data.folder, { ...keysOf(data.folder), databasePassword: 'not-the-password-at-all' });
    await expect(start()).rejects.toThrow(/The database password in keys\.json of .* is wrong/);
    expect(existsSync(join(data.folder, 'postgres/data/postmaster.pid'))).toBe(false);
  }, 30_000);

  test.each([
    ['a list', [], 'keys.json must be a JSON object'],
    ['null', null, 'keys.json must be a JSON object'],
    ['a number for a key', { writeKey: 5 }, 'writeKey in keys.json must be a string of at least 16 characters'],
    ['a key of 15 characters', { apiKey: 'x'.repeat(15) }, 'apiKey in keys.json must be a string of at least 16'],
    ['an empty password', { databasePassword: '' }, 'databasePassword in keys.json must be a string of at least 16'],
  ])('reports %s in keys.json, and does not change the file', async (_, content, reason) => {
    writeKeys(data.folder, content);
    await expect(start()).rejects.toThrow(reason);
    expect(keysOf(data.folder)).toEqual(content);
  });

  test('reports an unusable data folder in one line', async () => {
    const file = join(data.folder, 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o400);
    await expect(start({ SESTANTE_DATA: join(file, 'data') })).rejects.toThrow(
      /sestante: The data folder .* cannot be used \(set SESTANTE_DATA to use another one\)/,
    );
  });

  test('reports all faults of an invalid configuration at once', async () => {
    mkdirSync(join(data.folder, 'x'));
    const broken = start({ PORT: 'http', KAFKA_BROKERS: 'localhost', LOG_LEVEL: 'loud' });
    await expect(broken).rejects.toThrow(/the configuration is invalid:[^]*PORT[^]*KAFKA_BROKERS[^]*LOG_LEVEL/);
  });
});

const keysOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')) as object;
const writeKeys = (folder: string, content: unknown) =>
  writeFileSync(join(folder, 'keys.json'), JSON.stringify(content));

/** A view; each tenth one is an order, on which a decision follows. */
const anEvent = (number: number) => ({
  type: 'track',
  messageId: `m${number}`,
  userId: `u${number % 50}`,
  ...(number % 10 === 0
    ? { event: 'Order Completed', properties: { order_id: `o-${number}`, total: 20 } }
    : { event: 'Product Viewed', properties: { product_id: 'p-1' } }),
});

/** Sends a batch. Resolves to whether the response confirms all of it; false if the connection breaks. */
async function isAccepted({ url }: Standalone, batch: object[]): Promise<boolean> {
  const response = await fetch(`${url}/v1/batch`, { method: 'POST', body: JSON.stringify({ writeKey, batch }) }).catch(
    () => undefined,
  );
  return response?.status === 200 && JSON.stringify(await response.json()) === '{"success":true}';
}
