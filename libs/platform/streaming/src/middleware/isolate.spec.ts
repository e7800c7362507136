import { beforeEach, describe, expect, test } from '@jest/globals';
import { done, type Outcome, retry } from '../outcome.ts';
import type { Delivery } from '../stream.ts';
import { aDelivery } from '../testing/messages.ts';
import type { Step } from './compose.ts';
import { isolating } from './isolate.ts';

const here = { topic: 'engagement.activities.v1', group: 'scoring' };
const batchOf = (...values: string[]) => values.map((value, offset) => aDelivery({ value, offset }));
const kinds = (outcomes: readonly Outcome[]) => outcomes.map(({ kind }) => kind);

const failure = (facts: object) => Object.assign(new Error('it failed'), facts);

let seen: string[][];
beforeEach(() => {
  seen = [];
});

/** A handler that rejects every batch that contains one of these messages. */
const refusing =
  (errors: Record<string, unknown>): Step =>
  async (batch) => {
    seen.push(batch.map(({ value }) => value));
    for (const { value } of batch) if (value in errors) throw errors[value];
    return batch.map(() => done);
  };
const isolated = (errors: Record<string, unknown>, tries?: number) => isolating(tries)(refusing(errors));

describe('a batch that is handled', () => {
  test('is handled as a whole', async () => {
    const handle = isolated({});
    expect(kinds(await handle(batchOf('a', 'b', 'c'), here))).toEqual(['done', 'done', 'done']);
    expect(seen).toEqual([['a', 'b', 'c']]);
  });

  test('may have outcomes of any kind', async () => {
    const handle = isolating()(async () => [done, retry('not yet'), done]);
    expect(kinds(await handle(batchOf('a', 'b', 'c'), here))).toEqual(['done', 'retry', 'done']);
  });
});

describe('a batch of several partitions', () => {
  test('continues in partitions without a retry', async () => {
    const batch = ['a', 'bad', 'c', 'd', 'e', 'f'].map((value, offset) =>
      aDelivery({ value, offset, partition: offset % 2 }),
    );
    const outcomes = await isolated({ bad: failure({}) })(batch, here);
    expect(outcomes.map(({ kind }, index) => [batch[index]!.value, kind])).toEqual([
      ['a', 'done'],
      ['bad', 'retry'],
      ['c', 'done'],
      ['d', 'retry'],
      ['e', 'done'],
      ['f', 'retry'],
    ]);
  });
});

describe('a message with invalid data', () => {
  test.each([
    ['a value that Postgres refuses', failure({ code: '22P05' })],
    ['a constraint that is broken', failure({ code: '23505' })],
    ['an error with the property retriable', failure({ retriable: false })],
  ])('%s: becomes a dead letter at once, and only it', async (_, error) => {
    const handle = isolated({ bad: error });
    const outcomes = await handle(batchOf('a', 'b', 'c', 'bad', 'd', 'e', 'f'), here);
    expect(kinds(outcomes)).toEqual(['done', 'done', 'done', 'deadLetter', 'done', 'done', 'done']);
    expect(outcomes[3]).toEqual({ kind: 'deadLetter', reason: 'it failed' });
  });

  test('is found by halving: among 500 in about 9 halvings', async () => {
    const values = Array.from({ length: 500 }, (_, number) => (number === 321 ? 'bad' : `m${number}`));
    const outcomes = await isolated({ bad: failure({ retriable: false }) })(batchOf(...values), here);
    expect(outcomes.flatMap(({ kind }, index) => (kind === 'done' ? [] : [index]))).toEqual([321]);
    expect(seen.length).toBeLessThanOrEqual(1 + 2 * 9);
  });

  test.each([[0], [1], [2], [3], [4]])('is found at index %d of 5', async (index) => {
    const values = ['a', 'b', 'c', 'd', 'e'].with(index, 'bad');
    const outcomes = await isolated({ bad: failure({ retriable: false }) })(batchOf(...values), here);
    expect(kinds(outcomes)).toEqual(['done', 'done', 'done', 'done', 'done'].with(index, 'deadLetter'));
  });

  test('may be one of several in a batch', async () => {
    const handle = isolated({ one: failure({ code: '22001' }), other: failure({ code: '23502' }) });
    expect(kinds(await handle(batchOf('one', 'a', 'other'), here))).toEqual(['deadLetter', 'done', 'deadLetter']);
  });
});

describe('an unclassified error', () => {
  const bug = { bad: new TypeError('x is undefined') };

  test.each([
    [1, 1],
    [2, 2],
    [5, 5],
  ])('makes a dead letter of its message at try %d of %d', async (_, tries) => {
    const handle = isolated(bug, tries);
    for (let attempt = 1; attempt < tries; attempt++)
      expect(await handle(batchOf('bad'), here)).toEqual([retry('x is undefined')]);
    expect(kinds(await handle(batchOf('bad'), here))).toEqual(['deadLetter']);
  });

  test('has five attempts by default', async () => {
    const handle = isolated(bug);
    const outcomes: string[] = [];
    for (let attempt = 1; attempt <= 5; attempt++) outcomes.push(...kinds(await handle(batchOf('bad'), here)));
    expect(outcomes).toEqual(['retry', 'retry', 'retry', 'retry', 'deadLetter']);
  });

  test('does not block earlier messages, and blocks later ones until its message is settled', async () => {
    const handle = isolated(bug, 2);
    expect(kinds(await handle(batchOf('a', 'b', 'bad', 'c'), here))).toEqual(['done', 'done', 'retry', 'retry']);
    expect(seen.flat()).not.toContain(undefined);
    expect(kinds(await handle(batchOf('a', 'b', 'bad', 'c').slice(2), here))).toEqual(['deadLetter', 'done']);
  });

  test('counts the attempts of each message separately, by group and position', async () => {
    const handle = isolated({ bad: bug.bad, worse: bug.bad }, 2);
    const other = (fields: Partial<Delivery>) => [aDelivery({ value: 'bad', ...fields })];
    expect(kinds(await handle(other({ offset: 1 }), here))).toEqual(['retry']);
    expect(kinds(await handle(other({ offset: 2 }), here))).toEqual(['retry']);
    expect(kinds(await handle(other({ offset: 1, partition: 1 }), here))).toEqual(['retry']);
    expect(kinds(await handle(other({ offset: 1, topic: 'scores' }), here))).toEqual(['retry']);
    expect(kinds(await handle(other({ offset: 1 }), { ...here, group: 'offers' }))).toEqual(['retry']);
    expect(kinds(await handle(other({ offset: 1 }), here))).toEqual(['deadLetter']);
  });

  test('is counted from 1 again after a success', async () => {
    const errors: Record<string, unknown> = { bad: bug.bad };
    const handle = isolated(errors, 2);
    expect(kinds(await handle(batchOf('bad'), here))).toEqual(['retry']);
    delete errors['bad'];
    expect(kinds(await handle(batchOf('bad'), here))).toEqual(['done']);
    errors['bad'] = bug.bad;
    expect(kinds(await handle(batchOf('bad'), here))).toEqual(['retry']);
  });

  test.each([['a text'], [undefined], [null], [5], [{}]])('may be thrown as %p', async (thrown) => {
    const handle = isolated({ bad: thrown }, 1);
    expect(kinds(await handle(batchOf('a', 'bad', 'b'), here))).toEqual(['done', 'deadLetter', 'done']);
  });
});

describe('a retriable error', () => {
  test.each([
    ['an unavailable database', failure({ code: 'ECONNREFUSED' })],
    ['a database that is stopping', failure({ code: '57P01' })],
    ['a deadlock', failure({ code: '40P01' })],
    ['an error with the property retriable', failure({ retriable: true })],
  ])('%s: never costs a message, and halves nothing', async (_, error) => {
    const handle = isolated({ bad: error }, 1);
    for (let attempt = 1; attempt <= 10; attempt++) await expect(handle(batchOf('a', 'bad'), here)).rejects.toBe(error);
    expect(seen).toHaveLength(10);
  });

  test('ends the isolation: the whole batch is redelivered', async () => {
    const away = failure({ code: '57P01' });
    const handle = isolated({ bad: failure({ code: '22P05' }), unlucky: away });
    await expect(handle(batchOf('bad', 'a', 'b', 'unlucky'), here)).rejects.toBe(away);
  });
});
