import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Dependencies, Logger } from '@sestante/runtime';
import { eventually, recordingStream } from '@sestante/streaming/testing';
import type { Stream } from '@sestante/streaming';
import { createHmac, randomUUID } from 'node:crypto';
import { TellErasures } from '../../src/erasure/tell-erasures.ts';
import { anActivity, user, visitor } from '../builders.ts';
import { type Driver, profileDriver } from '../driver.ts';
import { eraserOf } from './eraser.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await profileDriver();
});
afterAll(() => driver.close());

const aMinuteAgo = () => new Date(Date.now() - 60_000).toISOString();
const seen = (...names: string[]) => {
  const timestamp = aMinuteAgo();
  const [account, ...browsers] = names;
  return anActivity({ identifiers: [user(account!), ...browsers.map(visitor)], timestamp, receivedAt: timestamp });
};
const idOf = async (value: string) =>
  (await driver.query<{ id: string }>('select customer_id as id from profile.member where value = $1', [value]))[0]?.id;
/** What is stored about members that do not exist. */
const orphans = async () =>
  driver.query(
    `select 'activity' as of from profile.activity where member_id not in (select member_id from profile.member) union all
     select 'trait' from profile.trait where member_id not in (select member_id from profile.member) union all
     select 'fact' from profile.fact where member_id not in (select member_id from profile.member) union all
     select 'link' from profile.link where member_a not in (select member_id from profile.member)`,
  );

const untilWaiting = (count: number) =>
  eventually(async () => {
    const waiting = await driver.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    expect(waiting.length).toBeGreaterThanOrEqual(count);
  });

describe('an erasure while a batch of the person is stored', () => {
  it.each([
    ['of a known identifier', ['ada'], ['ada']],
    ['that links a new browser', ['bea'], ['bea', 'browser of bea']],
    ['that says a consent', ['cleo'], ['cleo']],
  ])('leaves nothing, whichever comes first: %s', async (what, known, names) => {
    const consent = what.includes('consent') ? { name: 'consent.updated', properties: { offers: true } } : {};
    await driver.deliver(seen(...known));
    const id = (await idOf(known[0]!))!;
    const other = await driver.another();
    const eraser = eraserOf(other.dataSource);
    // The batch has read its people, and waits until it may write. The erasure waits for it, or is done meanwhile.
    const runner = other.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('lock table profile.seen in exclusive mode');
    const delivering = driver.deliver({ ...seen(...names), ...consent, traits: { city: 'Rome' } });
    await untilWaiting(1);
    const erasing = eraser.eraseOnly(id);
    await Promise.race([erasing, untilWaiting(2)]);
    await runner.commitTransaction();
    await runner.release();
    await Promise.all([erasing, delivering]);
    await eraser.finish();
    expect(await orphans()).toEqual([]);
    for (const name of names) expect(await idOf(name)).toBeUndefined();
  });

  it('is done once if two processes ask at the same moment', async () => {
    await driver.deliver(seen('dora', 'browser of dora'));
    const id = (await idOf('dora'))!;
    const one = eraserOf((await driver.another()).dataSource);
    const two = eraserOf((await driver.another()).dataSource);
    const ids = await Promise.all([one.erase(id), two.erase(id)]);
    expect(ids.filter((erasureId) => erasureId !== undefined)).toHaveLength(1);
    expect(await orphans()).toEqual([]);
  });
});

describe('an identifier that is added and erased while a batch with it is stored', () => {
  it('does not come back', async () => {
    await driver.deliver(seen('gina'));
    await eraserOf(driver.dataSource).erase((await idOf('gina'))!);
    const [{ key }] = (await driver.query<{ key: Buffer }>('select key from profile.erasure_key')) as [{ key: Buffer }];
    const hash = createHmac('sha256', key).update('user_id:hanna').digest('hex');
    const [memberId, erasureId] = [randomUUID(), randomUUID()];
    // What another process does after the batch has looked up its identifiers, and before it may change identities.
    const erasure = `
      select pg_advisory_xact_lock(hashtext('profile.identities'));
      insert into profile.erased_identifier (hash, erased_at) values ('\\x${hash}', now());
      insert into profile.erased_member (member_id, erasure_id) values ('${memberId}', '${erasureId}');
      insert into profile.moved (member_id, customer_id, former_id, moves, is_merge, is_told)
        values ('${memberId}', '${memberId}', '${memberId}', 1, false, true)`;
    const published = await driver.whileLocked(erasure, 1, () => driver.deliver(seen('hanna'), seen('iris')));
    expect(published).toHaveLength(1);
    expect(await idOf('hanna')).toBeUndefined();
    expect(await idOf('iris')).toBeDefined();
  });
});

describe('a process that dies before it publishes an erasure', () => {
  const crash = () => Promise.reject(new Error('The process crashed.'));

  it('has erased nobody if the stream publishes with the commit', async () => {
    await driver.deliver(seen('emma'));
    const id = (await idOf('emma'))!;
    await expect(eraserOf(driver.dataSource, { publish: crash }).erase(id)).rejects.toThrow('crashed');
    expect(await idOf('emma')).toBe(id);
  });

  it('leaves it to the next one if the stream publishes after the commit', async () => {
    await driver.deliver(seen('fay', 'browser of fay'));
    const id = (await idOf('fay'))!;
    const way = 'after the commit';
    await expect(eraserOf(driver.dataSource, { way, publish: crash }).erase(id)).rejects.toThrow('crashed');
    expect(await idOf('fay')).toBeUndefined();

    const published: string[] = [];
    const stream = recordingStream(way, ({ topic, messages }) => {
      published.push(...messages.map(() => topic));
      return Promise.resolve();
    });
    await restarted(stream);
    expect(published).toEqual(['engagement.customers.v1', 'engagement.erasures.v1']);
    await restarted(stream);
    expect(published).toHaveLength(2);
    expect(await driver.query('select from profile.erasure where untold is not null')).toEqual([]);
  });

  /** Starts `TellErasures` as at the start of a process. */
  async function restarted(stream: Stream): Promise<void> {
    const steps: (() => Promise<void>)[] = [];
    const dependencies = { whenReady: (step: () => Promise<void>) => void steps.push(step) } as unknown as Dependencies;
    const logger = { warn: () => undefined } as unknown as Logger;
    const telling = new TellErasures(dependencies, driver.dataSource, stream, logger);
    for (const step of steps) await step();
    telling.onApplicationShutdown();
  }
});
