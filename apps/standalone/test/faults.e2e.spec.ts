import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { apiKey, dataFolder, settledStats, type Standalone, startStandalone, until, writeKey } from './standalone.ts';

const stopMs = 5_000;

describe('when things go wrong', () => {
  let place: ReturnType<typeof dataFolder>;
  let running: Standalone[];

  beforeEach(() => {
    place = dataFolder();
    running = [];
  });

  afterEach(async () => {
    for (const sestante of running) {
      sestante.process.kill('SIGTERM');
      await sestante.ended;
    }
    place.remove();
  });

  async function start(environment: Record<string, string> = {}): Promise<Standalone> {
    const sestante = await startStandalone(place.folder, environment);
    running.push(sestante);
    return sestante;
  }

  test('killed in the middle of a load and started again, it has every event exactly once', async () => {
    const batches = Array.from({ length: 40 }, (_, batch) =>
      Array.from({ length: 100 }, (_, index) => anEvent(batch * 100 + index)),
    );
    let sestante = await start();
    const killed = sestante;
    for (const [index, batch] of batches.entries()) {
      if (index === 20) killed.process.kill('SIGKILL');
      while (!(await isKept(sestante, batch))) {
        await killed.ended;
        sestante = await start();
      }
    }
    const stats = await settledStats(sestante.url);
    expect(stats).toMatchObject({ activities: 4_000, customers: 50, rejected: 0 });
    expect(stats.accepted).toBe(4_000 + stats.duplicate);
  }, 60_000);

  test('when its database is killed under load, it says so, brings it back, and has every event exactly once', async () => {
    const sestante = await start();
    const postmaster = Number(readFileSync(join(place.folder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
    let refused = 0;
    for (let batch = 0; batch < 30; batch += 1) {
      if (batch === 10) process.kill(postmaster, 'SIGKILL');
      const events = Array.from({ length: 100 }, (_, index) => anEvent(batch * 100 + index));
      while (!(await isKept(sestante, events))) {
        refused += 1;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    expect(refused).toBeGreaterThan(0);
    const stats = await until(() => settledStats(sestante.url).catch(() => undefined), Boolean, 30_000);
    expect(stats).toMatchObject({ activities: 3_000, customers: 50, rejected: 0 });
    expect((await fetch(`${sestante.url}/health/ready`)).status).toBe(200);
  }, 60_000);

  test('it stops within 5 s, with open streams and keep-alive connections', async () => {
    const sestante = await start();
    await isKept(sestante, [anEvent(1)]);
    await settledStats(sestante.url);
    const headers = { authorization: `Bearer ${apiKey}` };
    const found = (await (
      await fetch(`${sestante.url}/api/v1/customers?kind=user_id&value=u1`, { headers })
    ).json()) as { items: { customerId: string }[] };
    const stream = await fetch(`${sestante.url}/api/v1/customers/${found.items[0]!.customerId}/offers/stream`, {
      headers,
    });
    const asked = Date.now();
    sestante.process.kill('SIGTERM');
    expect(await sestante.ended).toBe(0);
    expect(Date.now() - asked).toBeLessThan(stopMs);
    expect(stream.status).toBe(200);
    await stream.text();
  }, 30_000);

  test('a port that is taken is named in one line', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    await expect(start({ PORT: String(port) })).rejects.toThrow(
      `sestante: Port ${port} is in use: set PORT to another one.`,
    );
    taken.close();
  });

  test('a second one on the same data folder is refused, and the first goes on', async () => {
    const first = await start();
    const other = start({ SESTANTE_WRITE_KEY: 'another-write-key-of-the-tests' });
    await expect(other).rejects.toThrow(`Another Sestante works in the data folder ${place.folder}`);
    expect((await fetch(`${first.url}/health/ready`)).status).toBe(200);
    expect(keysOf(place.folder)).toMatchObject({ writeKey });
  }, 30_000);

  test('a wrong password in keys.json is named, and no database is left behind', async () => {
    const first = await start();
    first.process.kill('SIGTERM');
    await first.ended;
    writeKeys(place.folder, { ...keysOf(place.folder), databasePassword: 'not-the-password-at-all' });
    await expect(start()).rejects.toThrow(/keys\.json in .* does not hold the password of its database/);
    expect(existsSync(join(place.folder, 'postgres/data/postmaster.pid'))).toBe(false);
  }, 30_000);

  test.each([
    ['a list', [], 'keys.json is no object with keys'],
    ['nothing', null, 'keys.json is no object with keys'],
    ['a number for a key', { writeKey: 5 }, 'the writeKey in keys.json is no text of at least 16 characters'],
    ['a key of 15 characters', { apiKey: 'x'.repeat(15) }, 'the apiKey in keys.json is no text of at least 16'],
    ['no password', { databasePassword: '' }, 'the databasePassword in keys.json is no text of at least 16'],
  ])('%s in keys.json is named, and stays as it is', async (_, content, reason) => {
    writeKeys(place.folder, content);
    await expect(start()).rejects.toThrow(reason);
    expect(keysOf(place.folder)).toEqual(content);
  });

  test('a data folder that is none is named in one line', async () => {
    const file = join(place.folder, 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o400);
    await expect(start({ SESTANTE_DATA: join(file, 'data') })).rejects.toThrow(
      /sestante: The data folder .* cannot be used \(SESTANTE_DATA names another\)/,
    );
  });

  test('a configuration that cannot be used is explained, all faults at once', async () => {
    mkdirSync(join(place.folder, 'x'));
    const broken = start({ PORT: 'http', KAFKA_BROKERS: 'localhost', LOG_LEVEL: 'loud' });
    await expect(broken).rejects.toThrow(/The configuration cannot be used:[^]*PORT[^]*KAFKA_BROKERS[^]*LOG_LEVEL/);
  });
});

const keysOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')) as object;
const writeKeys = (folder: string, content: unknown) =>
  writeFileSync(join(folder, 'keys.json'), JSON.stringify(content));

const anEvent = (number: number) => ({
  type: 'track',
  messageId: `m${number}`,
  userId: `u${number % 50}`,
  event: 'Product Viewed',
  properties: { product_id: 'p-1' },
});

/** Whether the answer says that all of it is kept; false when the connection breaks. */
async function isKept({ url }: Standalone, batch: object[]): Promise<boolean> {
  const answer = await fetch(`${url}/v1/batch`, { method: 'POST', body: JSON.stringify({ writeKey, batch }) }).catch(
    () => undefined,
  );
  return answer?.status === 200 && JSON.stringify(await answer.json()) === '{"success":true}';
}
