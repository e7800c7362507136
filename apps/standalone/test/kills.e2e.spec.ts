import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { withKafka } from '@sestante/streaming/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { type FourPrograms, startFourPrograms } from './four-programs.ts';
import {
  dataFolder,
  freePort,
  get,
  type Program,
  settledStats,
  startStandalone,
  type Stats,
  until,
  writeKey,
} from './standalone.ts';

/** Activities with a decision and evidence, with evidence alone, and with neither: one third each. */
const names = ['Promise Broken', 'Queue Waited', 'Shelf Photographed'];
const people = 40;
const total = 3_000;
const events = Array.from({ length: total }, (_, index) => ({
  type: 'track',
  messageId: `m${index}`,
  userId: `u${index % people}`,
  event: names[index % names.length],
  properties: { minutes: 5 + (index % 20), order_id: `o${index}`, promise: 'delivery' },
}));

/** The running system: one program, or one for each service. */
type System = Pick<FourPrograms, 'urls' | 'kill' | 'untilReady' | 'output'>;

/** Sends all events, the last ones twice, and kills the system again and again meanwhile. */
async function sendWithKills(system: System, kills: number): Promise<void> {
  const batches = Array.from({ length: total / 100 }, (_, batch) => events.slice(batch * 100, batch * 100 + 100));
  const every = Math.floor(batches.length / kills);
  for (const [index, batch] of [...batches, ...batches.slice(-5)].entries()) {
    const killed = index % every === every - 1 ? pause(Math.random() * 60).then(() => system.kill()) : undefined;
    while (!(await isAccepted(system.urls.ingest, batch))) await pause(50);
    await killed;
  }
}

/** Sends a batch. Resolves to whether the response confirms all of it. */
async function isAccepted(url: string, batch: readonly object[]): Promise<boolean> {
  const body = JSON.stringify({ writeKey, batch });
  const response = await fetch(`${url}/v1/batch`, { method: 'POST', body }).catch(() => undefined);
  return response?.status === 200 && JSON.stringify(await response.json().catch(() => '')) === '{"success":true}';
}

/** The number of rows and of different causes in the tables of each service. */
async function effects(url: string) {
  const sql = new Client({ connectionString: url });
  await sql.connect();
  const counted = async (table: string, cause: string): Promise<[number, number]> => {
    const { rows } = await sql.query<{ rows: number; causes: number }>(
      `select count(*)::int as rows, count(distinct ${cause})::int as causes from ${table}`,
    );
    return [rows[0]!.rows, rows[0]!.causes];
  };
  const found = {
    activities: await counted('profile.activity', 'activity_id'),
    scored: await counted('scoring.activity', 'activity_id'),
    decisions: await counted('offers.decision', 'decision_id'),
    offers: await counted('offers.offer', 'decision_id'),
  };
  await sql.end();
  return found;
}

type Bonds = Readonly<Record<string, { readonly bond: number | null; readonly evidence: number }>>;

/** The scores of a customer from the stored state, and from the evidence up to the same instant. */
async function bothScores({ urls }: System, userId: string): Promise<[stored: Bonds, folded: Bonds]> {
  const { items } = await get<{ items: { customerId: string }[] }>(
    urls.profile,
    `/api/v1/customers?kind=user_id&value=${userId}`,
  );
  const path = `/api/v1/customers/${items[0]!.customerId}/scores`;
  const stored = await get<{ at: string; elements: Bonds }>(urls.scoring, path);
  const folded = await get<{ elements: Bonds }>(urls.scoring, `${path}?at=${stored.at}`);
  return [stored.elements, folded.elements];
}

function hasEveryEffectOnce(systemOf: () => System, databaseOf: () => TestDatabase, kills: number): void {
  test('has every effect exactly once', async () => {
    const system = systemOf();
    await sendWithKills(system, kills);
    await system.untilReady().catch((cause: unknown) => {
      throw new Error(`A program did not start again:\n${system.output()}`, { cause });
    });
    await until(
      () => get<Stats>(system.urls.profile, '/api/v1/stats'),
      ({ activities }) => activities === total,
      90_000,
    );
    await settledStats(system.urls.scoring);
    await settledStats(system.urls.offers);
    const { offers, ...found } = await effects(databaseOf().url);
    expect(found).toEqual({
      activities: [total, total],
      scored: [total, total],
      decisions: [total / 3, total / 3],
    });
    expect(offers[0]).toBe(offers[1]);
    for (let person = 0; person < people; person += 1) {
      const [stored, folded] = await bothScores(system, `u${person}`);
      for (const [element, { bond, evidence }] of Object.entries(folded)) {
        expect(stored[element]!.evidence).toBe(evidence);
        expect(stored[element]!.bond ?? -1).toBeCloseTo(bond ?? -1, 6);
      }
    }
  }, 240_000);
}

describe('one process over Postgres that is killed again and again', () => {
  const { folder, remove } = dataFolder();
  let database: TestDatabase;
  let program: Program;
  let system: System;

  const startOn = async (port: number) => {
    program = await startStandalone(folder, { DATABASE_URL: database.url, PORT: String(port) });
  };

  beforeAll(async () => {
    database = await testDatabase();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    await startOn(port);
    system = {
      urls: { ingest: url, profile: url, scoring: url, offers: url },
      async kill() {
        program.process.kill('SIGKILL');
        await program.ended;
        await startOn(port);
      },
      untilReady: async () => undefined,
      output: () => program.output(),
    };
  }, 60_000);

  afterAll(async () => {
    program.process.kill('SIGTERM');
    await program.ended;
    await database.drop();
    remove();
  }, 30_000);

  hasEveryEffectOnce(
    () => system,
    () => database,
    8,
  );
});

await withKafka('four processes over Kafka that are killed again and again', ({ brokers }) => {
  let database: TestDatabase;
  let system: FourPrograms;

  beforeAll(async () => {
    database = await testDatabase();
    system = await startFourPrograms({ databaseUrl: database.url, brokers, prefix: 'kills.test.' });
  }, 90_000);

  afterAll(async () => {
    await system.stop();
    await database.drop();
  }, 30_000);

  hasEveryEffectOnce(
    () => system,
    () => database,
    3,
  );
});
