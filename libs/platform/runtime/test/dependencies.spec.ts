import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Dependencies, type Logger } from '../src/index.ts';

/** Something outside that is here or away as the test wants it. */
function aDatabase(name: string, calls: string[] = []) {
  const state: { reason: string | undefined; isSilent: boolean } = { reason: undefined, isSilent: false };
  const answer = (call: string) => async () => {
    calls.push(`${call} ${name}`);
    if (state.isSilent) await new Promise(() => undefined);
    if (state.reason) throw new Error(state.reason);
  };
  return { state, dependency: { name, open: answer('open'), check: answer('check'), close: answer('close') } };
}

let lines: string[];
let dependencies: Dependencies;
const line = (level: string) => (_: object, text: string) => void lines.push(`${level}: ${text}`);

beforeEach(() => {
  jest.useFakeTimers();
  lines = [];
  const logger = { info: line('info'), error: line('error'), warn: (text: string) => void lines.push(`warn: ${text}`) };
  dependencies = new Dependencies(logger as unknown as Logger);
});
afterEach(async () => {
  const closed = dependencies.close();
  await seconds(60);
  await closed;
  jest.useRealTimers();
});

/** Lets so many seconds pass, with everything that is due in them. */
const seconds = (count: number) => jest.advanceTimersByTimeAsync(count * 1_000);

describe('at the start', () => {
  test('everything is missing until it has been opened', async () => {
    const [database, stream] = [aDatabase('database'), aDatabase('stream')];
    dependencies.add(database.dependency);
    dependencies.add(stream.dependency);
    const notYet = 'not opened yet';
    expect(dependencies.unavailable()).toEqual({ database: notYet, stream: notYet, handlers: notYet });
    await dependencies.open();
    expect(dependencies.unavailable()).toEqual({});
    expect(lines).toEqual([]);
  });

  test('things are opened in their order, each with its first steps, and what waits for all of them comes last', async () => {
    const calls: string[] = [];
    const step = (name: string) => async () => void calls.push(name);
    dependencies.whenReady(step('serve'));
    dependencies.whenOpen('database', step('load the catalogue'));
    dependencies.whenOpen('database', step('keep the key'));
    dependencies.add(aDatabase('database', calls).dependency);
    dependencies.add(aDatabase('stream', calls).dependency);
    await dependencies.open();
    expect(calls).toEqual(['open database', 'load the catalogue', 'keep the key', 'open stream', 'serve']);
  });

  test('what is hopeless ends it, and is not tried again', async () => {
    const stream = aDatabase('stream');
    const open = jest.fn(() => Promise.reject(new Error('topics are missing')));
    const isPermanent = (error: unknown) => (error as Error).message === 'topics are missing';
    dependencies.add({ ...stream.dependency, open, isPermanent });
    await expect(dependencies.open()).rejects.toThrow('topics are missing');
    await seconds(10);
    expect(open).toHaveBeenCalledTimes(1);
  });

  test('what is away is tried again until it is there, and said once', async () => {
    const { state, dependency } = aDatabase('database');
    state.reason = 'connection refused';
    dependencies.add(dependency);
    const opened = dependencies.open();
    await seconds(30);
    expect(dependencies.unavailable()).toMatchObject({ database: 'connection refused' });

    state.reason = 'the database system is starting up';
    await seconds(5);
    expect(dependencies.unavailable()).toMatchObject({ database: 'the database system is starting up' });

    state.reason = undefined;
    await seconds(5);
    await opened;
    expect(dependencies.unavailable()).toEqual({});
    expect(lines).toEqual([
      'error: database is unavailable, retrying: connection refused',
      'info: database is available again',
    ]);
  });

  test('a first step that fails is done again, and nothing uses the thing before', async () => {
    let failures = 2;
    dependencies.add(aDatabase('database').dependency);
    dependencies.whenOpen('database', async () => {
      if (failures-- > 0) throw new Error('no such table');
    });
    const opened = dependencies.open();
    await seconds(0);
    expect(dependencies.unavailable()).toMatchObject({ database: 'no such table' });
    await seconds(5);
    await opened;
    expect(dependencies.unavailable()).toEqual({});
  });

  test('a last step that fails is done again', async () => {
    let failures = 2;
    dependencies.add(aDatabase('database').dependency);
    dependencies.whenReady(async () => {
      if (failures-- > 0) throw new Error('the connection was lost');
    });
    const opened = dependencies.open();
    await seconds(0);
    expect(dependencies.unavailable()).toEqual({ handlers: 'the connection was lost' });
    await seconds(5);
    await opened;
    expect(dependencies.unavailable()).toEqual({});
  });
});

describe('while it works', () => {
  test('each change between here and away is one line, however long it lasts', async () => {
    const { state, dependency } = aDatabase('database');
    dependencies.add(dependency);
    await dependencies.open();

    await seconds(60);
    expect(lines).toEqual([]);

    state.reason = 'connection refused';
    await seconds(60);
    expect(dependencies.unavailable()).toEqual({ database: 'connection refused' });
    expect(lines).toEqual(['error: database is unavailable, retrying: connection refused']);

    state.reason = undefined;
    await seconds(60);
    expect(dependencies.unavailable()).toEqual({});
    expect(lines.slice(1)).toEqual(['info: database is available again']);

    state.reason = 'connection reset';
    await seconds(10);
    expect(lines.slice(2)).toEqual(['error: database is unavailable, retrying: connection reset']);
  });

  test('somebody who could not be served makes it look at once, and soon again until all is back', async () => {
    const database = aDatabase('database');
    dependencies.add(database.dependency);
    await dependencies.open();
    database.state.reason = 'killed';
    dependencies.checkNow();
    await seconds(0);
    expect(dependencies.unavailable()).toEqual({ database: 'killed' });
    database.state.reason = undefined;
    await seconds(0.4);
    expect(dependencies.unavailable()).toEqual({ database: 'killed' });
    await seconds(0.1);
    expect(dependencies.unavailable()).toEqual({});
  });

  test('what does not answer is away', async () => {
    const { state, dependency } = aDatabase('database');
    dependencies.add(dependency);
    await dependencies.open();
    state.isSilent = true;
    await seconds(10);
    expect(dependencies.unavailable()).toEqual({ database: 'no response within 3000 ms' });
  });

  test('one that is away does not hide the others', async () => {
    const [database, stream] = [aDatabase('database'), aDatabase('stream')];
    dependencies.add(database.dependency);
    dependencies.add(stream.dependency);
    await dependencies.open();
    stream.state.reason = 'no broker';
    await seconds(5);
    expect(dependencies.unavailable()).toEqual({ stream: 'no broker' });
  });
});

describe('at the end', () => {
  test('things are closed in the opposite order, once', async () => {
    const calls: string[] = [];
    dependencies.add(aDatabase('database', calls).dependency);
    dependencies.add(aDatabase('stream', calls).dependency);
    await dependencies.open();
    calls.length = 0;
    await dependencies.close();
    expect(calls).toEqual(['close stream', 'close database']);
  });

  test('nothing is checked any more', async () => {
    const calls: string[] = [];
    dependencies.add(aDatabase('database', calls).dependency);
    await dependencies.open();
    await dependencies.close();
    calls.length = 0;
    await seconds(60);
    expect(calls).toEqual([]);
  });

  test('one that cannot be closed does not keep the others open', async () => {
    const calls: string[] = [];
    const broken = aDatabase('stream', calls);
    dependencies.add(aDatabase('database', calls).dependency);
    dependencies.add(broken.dependency);
    await dependencies.open();
    broken.state.reason = 'it is stuck';
    await dependencies.close();
    expect(calls.at(-1)).toBe('close database');
    expect(lines).toEqual(['warn: it is stuck']);
  });

  test('one that never answers does not keep the others open', async () => {
    const calls: string[] = [];
    const stuck = aDatabase('stream', calls);
    dependencies.add(aDatabase('database', calls).dependency);
    dependencies.add(stuck.dependency);
    await dependencies.open();
    stuck.state.isSilent = true;
    const closed = dependencies.close();
    await seconds(1);
    await closed;
    expect(calls.slice(-2)).toEqual(['close stream', 'close database']);
    expect(lines).toContain('warn: no response within 1000 ms');
  });

  test('that comes before everything is open, nothing more is opened or begun', async () => {
    const calls: string[] = [];
    const away = aDatabase('database', calls);
    away.state.reason = 'connection refused';
    dependencies.add(away.dependency);
    dependencies.add(aDatabase('stream', calls).dependency);
    dependencies.whenReady(async () => void calls.push('serve'));
    let isOpen = false;
    void dependencies.open().then(() => {
      isOpen = true;
    });
    await seconds(1);
    await dependencies.close();
    away.state.reason = undefined;
    calls.length = 0;
    await seconds(60);
    expect([isOpen, calls]).toEqual([false, []]);
  });
});
