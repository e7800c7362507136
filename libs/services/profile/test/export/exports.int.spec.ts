import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataSourceOf, transaction } from '@sestante/postgres';
import { eventually } from '@sestante/streaming/testing';
import type { DataSource } from 'typeorm';
import { Exports } from '../../src/export/exports.ts';
import { removeExportsOf } from '../../src/export/remove-exports.ts';
import { migrations } from '../../src/store/migrations.ts';
import { anActivity, minutesAfterNoon, user, visitor } from '../builders.ts';
import { type Service, startProfile } from '../service.ts';
import { aPart, exportsOf, otherServices } from './export-driver.ts';

const unknown = '0199c0de-0000-7000-8000-00000000dead';

let service: Service;
const { request, progress, send, answer, untilOwn, tokenOf } = exportsOf(() => service);
let [ada, bea] = ['', ''];
let [adasToken, beasToken] = ['', ''];
let clerk = '';
beforeAll(async () => {
  service = await startProfile();
  await service.publishActivities(
    anActivity({ identifiers: [user('ada'), visitor('a-1')], traits: { city: 'London' } }),
    anActivity({ identifiers: [user('bea')] }),
  );
  [ada, bea] = [await service.idOf('user_id', 'ada'), await service.idOf('user_id', 'bea')];
  [adasToken, beasToken] = [await tokenOf(ada), await tokenOf(bea)];
  clerk = await service.keyOf('clerk');
});
afterAll(() => service.dispose());

const ready = async (customerId: string, credential?: string) => {
  const exportId = await request(customerId, credential);
  await untilOwn(exportId, credential);
  await answer(exportId);
  return exportId;
};
const fileOf = (exportId: string, credential: string, format = 'json') =>
  service.get(`/api/v1/exports/${exportId}/file?format=${format}`, credential);

/** With connections to the database of the service. */
const withDatabase = async (work: (dataSource: DataSource) => Promise<unknown>) => {
  const dataSource = dataSourceOf({ url: service.databaseUrl, schema: 'profile', migrations });
  await dataSource.initialize();
  await work(dataSource).finally(() => dataSource.destroy());
};
/** Resolves when a statement waits for the lock of another transaction. */
const untilWaiting = () =>
  eventually(async () => {
    const waiting = await service.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (waiting.length === 0) throw new Error('No statement waits for a lock yet.');
  });

describe('an export', () => {
  it('is ready when every service has sent its files', async () => {
    const exportId = await request('me', adasToken);
    await untilOwn(exportId, adasToken);
    const waiting = { ingest: 'waiting', scoring: 'waiting', offers: 'waiting' };
    expect(await progress(exportId, adasToken)).toEqual({
      exportId,
      customerId: ada,
      status: 'collecting',
      services: { profile: 'done', ...waiting },
      requestedAt: expect.any(String),
      expiresAt: expect.any(String),
      size: null,
      file: null,
    });
    expect((await fileOf(exportId, adasToken)).body).toMatchObject({ status: 409, code: 'export-not-ready' });
    await answer(exportId, ['ingest', 'offers']);
    expect((await progress(exportId, adasToken)).services).toMatchObject({ ingest: 'done', scoring: 'waiting' });
    await answer(exportId, ['scoring']);
    expect(await progress(exportId, adasToken)).toMatchObject({
      status: 'ready',
      size: expect.any(Number),
      file: `/api/v1/exports/${exportId}/file`,
    });
  });

  it('is kept for seven days', async () => {
    const { body } = await service.get(`/api/v1/exports/${await ready(ada, adasToken)}`, adasToken);
    const days = (Date.parse(body.expiresAt) - Date.parse(body.requestedAt)) / 86_400_000;
    expect(days).toBeCloseTo(7, 3);
  });

  it('is made one at a time: a second request gets the one that is running', async () => {
    const first = await request(bea, beasToken);
    expect(await request('me', beasToken)).toBe(first);
    const together = await Promise.all([1, 2, 3].map(() => request(bea, clerk)));
    expect(new Set(together).size).toBe(1);
    expect(together[0]).not.toBe(first);
    await untilOwn(first, beasToken);
    await answer(first);
    expect(await request(bea, beasToken)).not.toBe(first);
  });

  it.each([
    ['a customer that does not exist', unknown, 404],
    ['an id that is none', 'ada', 400],
  ])('of %s is refused', async (_, id, status) => {
    expect((await service.post(`/api/v1/customers/${id}/exports`, undefined)).status).toBe(status);
  });

  it.each(['', '/file'])('that does not exist is not found: GET exports/:exportId%s', async (path) => {
    expect(await service.get(`/api/v1/exports/${unknown}${path}`, adasToken)).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
    expect((await service.get(`/api/v1/exports/${unknown}${path}`, clerk)).status).toBe(404);
  });

  it('of an unknown format is refused', async () => {
    expect((await fileOf(await ready(ada, adasToken), adasToken, 'xml')).status).toBe(400);
  });

  it.each([2, 3, 4])('is kept beside newer ones, of %d the newest three', async (count) => {
    await service.publishActivities(anActivity({ identifiers: [user(`kept-${count}`)] }));
    const customer = await service.idOf('user_id', `kept-${count}`);
    const ids: string[] = [];
    for (let made = 0; made < count; made += 1) ids.push(await ready(customer, clerk));
    const statuses = await Promise.all(
      ids.map(async (id) => (await service.get(`/api/v1/exports/${id}`, clerk)).status),
    );
    expect(statuses).toEqual(ids.map((_, index) => (index < count - 3 ? 404 : 200)));
  });
});

describe('the right to see an export', () => {
  it('has only the customer, if the customer has asked', async () => {
    const exportId = await ready(ada, adasToken);
    for (const path of ['', '/file?format=json']) {
      const statusFor = async (credential: string) =>
        (await service.get(`/api/v1/exports/${exportId}${path}`, credential)).status;
      expect(await statusFor(adasToken)).toBe(200);
      expect(await statusFor(beasToken)).toBe(404);
      expect(await statusFor(clerk)).toBe(404);
      expect(await statusFor(await service.keyOf('admin'))).toBe(404);
      expect(await statusFor(await service.keyOf('marketing'))).toBe(403);
    }
    expect((await service.change(`DELETE /api/v1/exports/${exportId}`, undefined, beasToken)).status).toBe(404);
    expect((await progress(exportId, adasToken)).status).toBe('ready');
  });

  it('has the clerk who asked for the customer, and the customer; the log says so', async () => {
    const exportId = await ready(ada, clerk);
    expect((await fileOf(exportId, clerk)).status).toBe(200);
    expect((await fileOf(exportId, adasToken)).status).toBe(200);
    expect((await fileOf(exportId, beasToken)).status).toBe(404);
    const { body } = await service.get(`/api/v1/audit?customerId=${ada}&limit=2`);
    expect(body.items).toMatchObject([
      { action: 'export.read', actor: { role: 'clerk' } },
      { action: 'export.requested', actor: { role: 'clerk' } },
    ]);
  });

  it.each(['marketing', 'app'])('to ask for one is not that of %s, nor of another customer', async (role) => {
    const ask = (credential: string) => service.post(`/api/v1/customers/${ada}/exports`, undefined, credential);
    expect((await ask(await service.keyOf(role))).status).toBe(403);
    expect((await ask(beasToken)).status).toBe(404);
  });
});

describe('an export that is not of one person any more', () => {
  it('is cancelled by an unmerge, and not by a merge', async () => {
    await service.publishActivities(
      anActivity({ identifiers: [user('cleo'), visitor('c-1')] }),
      anActivity({ identifiers: [user('dora')], timestamp: minutesAfterNoon(1) }),
    );
    const [cleo, dora] = [await service.idOf('user_id', 'cleo'), await service.idOf('user_id', 'dora')];
    const before = await ready(cleo, clerk);
    const merge = { customerId: dora, reason: 'a test' };
    const { mergeId } = (await service.post(`/api/v1/customers/${cleo}/merges`, merge)).body;
    expect((await progress(before, clerk)).status).toBe('ready');
    const merged = await ready(dora, clerk);
    await service.change(`DELETE /api/v1/customers/${cleo}/merges/${mergeId}`);
    expect((await progress(merged, clerk)).status).toBe('cancelled');
    expect((await fileOf(merged, clerk)).body).toMatchObject({ status: 410, code: 'export-cancelled' });
    expect((await fileOf(before, clerk)).status).toBe(200);
  });

  it('is of the customer under each of its ids', async () => {
    const visitorId = (await service.get('/api/v1/customers?kind=anonymous_id&value=a-1')).body.items[0].customerId;
    expect(visitorId).toBe(ada);
    const exportId = await ready(ada, adasToken);
    expect((await progress(exportId, adasToken)).customerId).toBe(ada);
  });
});

describe('a cancelled export', () => {
  it('has no files, takes none, and stays cancelled', async () => {
    const exportId = await request(ada, clerk);
    await untilOwn(exportId, clerk);
    for (let time = 1; time <= 2; time += 1)
      expect((await service.change(`DELETE /api/v1/exports/${exportId}`, undefined, clerk)).status).toBe(204);
    await answer(exportId);
    expect(await progress(exportId, clerk)).toMatchObject({ status: 'cancelled', file: null });
    expect(await service.query('select from profile.export_part where export_id = $1', [exportId])).toEqual([]);
  });
});

describe('the exports of members that are erased', () => {
  const tables = ['export', 'export_part', 'export_answer'];
  const rowsOf = async (exportId: string) =>
    Promise.all(tables.map((table) => service.query(`select from profile.${table} where export_id = $1`, [exportId])));

  it('are removed with all that they have, and take no more parts; others stay', async () => {
    const [adas, beas] = [await ready(ada, clerk), await ready(bea, clerk)];
    await withDatabase(async (dataSource) => {
      expect(await transaction(dataSource, (client) => removeExportsOf(client, [ada]))).toBeGreaterThan(0);
    });
    expect((await service.get(`/api/v1/exports/${adas}`, clerk)).status).toBe(404);
    await answer(adas);
    expect(await rowsOf(adas)).toEqual([[], [], []]);
    expect((await progress(beas, clerk)).status).toBe('ready');
  });

  it('are removed with a part that is being added', async () => {
    const exportId = await request(ada, clerk);
    await untilOwn(exportId, clerk);
    await withDatabase(async (dataSource) => {
      let removed: Promise<number> | undefined;
      await transaction(dataSource, async (client) => {
        await client.query('select from profile.export where export_id = $1 for share', [exportId]);
        await client.query(
          `insert into profile.export_part (export_id, service, attempt_id, part, is_last, file, items, bytes)
           values ($1, 'offers', gen_random_uuid(), 0, false, 'offers', '[]', 2)`,
          [exportId],
        );
        removed = transaction(dataSource, (other) => removeExportsOf(other, [ada]));
        await untilWaiting();
      });
      expect(await removed).toBeGreaterThan(0);
    });
    expect(await rowsOf(exportId)).toEqual([[], [], []]);
  });

  it('leave nothing for long: what has no export is removed every hour', async () => {
    await service.query(
      `insert into profile.export_part (export_id, service, attempt_id, part, is_last, file, items, bytes)
       values ($1, 'offers', $1, 0, true, 'offers', '[]', 2)`,
      [unknown],
    );
    await service.query(
      `insert into profile.export_answer (export_id, service, attempt_id, as_of) values ($1, 'offers', $1, now())`,
      [unknown],
    );
    const kept = await ready(bea, clerk);
    await withDatabase((dataSource) => new Exports(dataSource).removeExpired());
    expect(await rowsOf(unknown)).toEqual([[], [], []]);
    expect((await progress(kept, clerk)).status).toBe('ready');
  });
});

describe('an export that has expired', () => {
  it('has no files, and is forgotten a month later', async () => {
    const exportId = await ready(bea, clerk);
    const expire = (days: number) =>
      service.query(`update profile.export set expires_at = now() - make_interval(days => $2) where export_id = $1`, [
        ...[exportId, days],
      ]);
    await expire(0);
    expect(await progress(exportId, clerk)).toMatchObject({ status: 'expired', size: null, file: null });
    expect((await fileOf(exportId, clerk)).body).toMatchObject({ status: 410, code: 'export-expired' });
    await withDatabase(async (dataSource) => {
      const exports = new Exports(dataSource);
      expect(await exports.removeExpired()).toBe(1);
      expect(await service.query('select from profile.export_part where export_id = $1', [exportId])).toEqual([]);
      for (const [days, status] of [
        [29, 200],
        [30, 404],
      ] as const) {
        await expire(days);
        await exports.removeExpired();
        expect((await service.get(`/api/v1/exports/${exportId}`, clerk)).status).toBe(status);
      }
    });
  });
});

describe('the parts of an export', () => {
  let customers = 0;
  /** An export of a new customer. */
  const aRunning = async () => {
    const account = `parts-${++customers}`;
    await service.publishActivities(anActivity({ identifiers: [user(account)] }));
    return request(await service.idOf('user_id', account), clerk);
  };
  const partsOf = (exportId: string) =>
    service.query<{ service: string; part: number; attempt: string }>(
      `select service, part, attempt_id as attempt from profile.export_part where export_id = $1 and service = 'offers' order by part`,
      [exportId],
    );

  it('count once, however often they are delivered', async () => {
    const exportId = await aRunning();
    const attempt = { exportId, attemptId: aPart().attemptId };
    const parts = [aPart({ ...attempt, isLast: false }), aPart({ ...attempt, part: 1, file: 'decisions', items: [] })];
    await send(...parts, ...parts);
    await send(...parts);
    expect(await partsOf(exportId)).toHaveLength(2);
    expect((await progress(exportId, clerk)).services.offers).toBe('done');
  });

  it('of an attempt that was interrupted are replaced by those of the next one', async () => {
    const exportId = await aRunning();
    const [interrupted, whole] = [aPart({ exportId, isLast: false }), aPart({ exportId })];
    await send(interrupted);
    expect((await progress(exportId, clerk)).services.offers).toBe('waiting');
    await send(whole);
    expect(await partsOf(exportId)).toEqual([{ service: 'offers', part: 0, attempt: whole.attemptId }]);
    await send(aPart({ exportId }));
    expect(await partsOf(exportId)).toEqual([{ service: 'offers', part: 0, attempt: whole.attemptId }]);
  });

  it('are complete in any order', async () => {
    const exportId = await aRunning();
    const attempt = { exportId, attemptId: aPart().attemptId };
    await send(aPart({ ...attempt, part: 1 }));
    expect((await progress(exportId, clerk)).services.offers).toBe('waiting');
    await send(aPart({ ...attempt, part: 0, isLast: false }));
    expect((await progress(exportId, clerk)).services.offers).toBe('done');
  });

  it('of an export that does not exist are ignored', async () => {
    await send(...otherServices.map((one) => aPart({ exportId: unknown, service: one })));
    expect(await partsOf(unknown)).toEqual([]);
  });
});
