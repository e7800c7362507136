import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Dependencies, type Logger } from '../src/index.ts';

/** A dependency whose availability the test controls. */
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

/** Advances the time by `count` seconds and runs due timers. */
const seconds = (count: number) => jest.advanceTimersByTimeAsync(count * 1_000);

describe('at the start', () => {
  test('everything is unavailable until it has been opened', async () => {
    const [database, stream] = [aDatabase('database'), aDatabase('stream')];
    dependencies.add(database.dependency);
    dependencies.add(stream.dependency);
    const notYet = 'not opened yet';
    expect(dependencies.unavailable()).toEqual({ database: notYet, stream: notYet, handlers: notYet });
    await dependencies.open();
    expect(dependencies.unavailable()).toEqual({});
    expect(lines).toEqual([]);
  });

  test('dependencies are opened in order, each with its first steps, and the last steps follow', async () => {
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

  test('a permanent error rejects, and is not retried', async () => {
    const stream = aDatabase('stream');
    const open = jest.fn(() => Promise.reject(new Error('topics are missing')));
    const isPermanent = (error: unknown) => (error as Error).message === 'topics are missing';
    dependencies.add({ ...stream.dependency, open, isPermanent });
    await expect(dependencies.open()).rejects.toThrow('topics are missing');
    await seconds(10);
    expect(open).toHaveBeenCalledTimes(1);
  });

  test('an unavailable dependency is retried until it is available, and logged once', async () => {
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

  test('a first step that fails is retried before anything uses the dependency', async () => {
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

  test('a last step that fails is retried', async () => {
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

describe('after the start', () => {
  test('each change between available and unavailable is one line in the log', async () => {
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

  test('checkNow checks at once, and checks are frequent until all are available again', async () => {
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

  test('a dependency that does not respond is unavailable', async () => {
    const { state, dependency } = aDatabase('database');
    dependencies.add(dependency);
    await dependencies.open();
    state.isSilent = true;
    await seconds(10);
    expect(dependencies.unavailable()).toEqual({ database: 'no response within 3000 ms' });
  });

  test('an unavailable dependency does not hide others', async () => {
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
  test('dependencies are closed in reverse order, once', async () => {
    const calls: string[] = [];
    dependencies.add(aDatabase('database', calls).dependency);
    dependencies.add(aDatabase('stream', calls).dependency);
    await dependencies.open();
    calls.length = 0;
    await dependencies.close();
    expect(calls).toEqual(['close stream', 'close database']);
  });

  test('checks stop', async () => {
    const calls: string[] = [];
    dependencies.add(aDatabase('database', calls).dependency);
    await dependencies.open();
    await dependencies.close();
    calls.length = 0;
    await seconds(60);
    expect(calls).toEqual([]);
  });

  test('a dependency that fails to close does not prevent closing the others', async () => {
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

  test('a dependency that never responds does not prevent closing the others', async () => {
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

  test('before everything is open, no further dependency is opened and no step runs', async () => {
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
