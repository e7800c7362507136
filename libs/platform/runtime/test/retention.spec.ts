import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Removal } from '@sestante/postgres';
import { Dependencies, HourlyJobs, type Logger, Retention } from '../src/index.ts';

const nothing: Removal = { marked: [], unmarked: [], dropped: [], failed: [] };

/** A table whose removal the test controls. */
function aTable() {
  return {
    table: 'profile.activity',
    prepareNext: jest.fn(async () => undefined),
    removeExpired: jest.fn(async (): Promise<Removal> => nothing),
  };
}

let lines: string[];
let dependencies: Dependencies;
let hourly: HourlyJobs;
let retention: Retention;
let table: ReturnType<typeof aTable>;
const beforeDrop = async () => undefined;

beforeEach(() => {
  jest.useFakeTimers();
  lines = [];
  const line = (level: string) => (fields: object, text: string) =>
    void lines.push(`${level}: ${text} ${JSON.stringify(fields)}`);
  const logger = { info: line('info'), warn: line('warn'), error: line('error') } as unknown as Logger;
  dependencies = new Dependencies(logger);
  const ready = async () => undefined;
  dependencies.add({ name: 'postgres/profile', open: ready, check: ready, close: ready });
  hourly = new HourlyJobs(dependencies);
  retention = new Retention(hourly, logger);
  table = aTable();
  retention.add('postgres/profile', table, { keepMonths: 25, beforeDrop });
});
afterEach(async () => {
  hourly.onApplicationShutdown();
  const closed = dependencies.close();
  await jest.advanceTimersByTimeAsync(2_000);
  await closed;
  jest.useRealTimers();
});

const hours = (count: number) => jest.advanceTimersByTimeAsync(count * 3_600_000);

describe('a table with retention', () => {
  test('is prepared and cleared at the start and every hour', async () => {
    expect(table.prepareNext).not.toHaveBeenCalled();
    await dependencies.open();
    expect([table.prepareNext.mock.calls.length, table.removeExpired.mock.calls]).toEqual([
      1,
      [[{ keepMonths: 25, beforeDrop }]],
    ]);
    await hours(2);
    expect([table.prepareNext.mock.calls.length, table.removeExpired.mock.calls.length]).toEqual([3, 3]);
    expect(lines).toEqual([]);
  });

  test('does not delay the start while it removes, and removes once at a time', async () => {
    let end!: (removal: Removal) => void;
    table.removeExpired.mockReturnValueOnce(new Promise((resolve) => (end = resolve)));
    await dependencies.open();
    await hours(2);
    expect([table.prepareNext.mock.calls.length, table.removeExpired.mock.calls.length]).toEqual([3, 1]);
    end(nothing);
    await hours(1);
    expect(table.removeExpired).toHaveBeenCalledTimes(2);
  });

  test('does not keep the process from starting if it fails, and is tried again an hour later', async () => {
    table.prepareNext.mockRejectedValueOnce(new Error('disk full'));
    table.removeExpired.mockRejectedValueOnce(new Error('lock timeout'));
    await dependencies.open();
    expect(dependencies.unavailable()).toEqual({});
    await hours(1);
    expect([table.prepareNext.mock.calls.length, table.removeExpired.mock.calls.length]).toEqual([2, 2]);
    expect(lines).toEqual([
      'warn: the partition of the next month is not created, the next hour tries again: disk full {"table":"profile.activity"}',
      'warn: expired months are not removed, the next hour tries again: lock timeout {"table":"profile.activity"}',
    ]);
  });

  test('has a line in the log for each kind of change', async () => {
    table.removeExpired.mockResolvedValueOnce({
      marked: ['activity_y2024m09'],
      unmarked: ['activity_y2024m10'],
      dropped: ['activity_y2024m07'],
      failed: [{ partition: 'activity_y2024m08', error: new Error('lock timeout') }],
    });
    await dependencies.open();
    await hours(0);
    const about = (month: string) => `{"table":"profile.activity","partitions":["activity_y2024m${month}"]}`;
    expect(lines).toEqual([
      `info: expired months will be removed in 24 hours ${about('09')}`,
      `warn: months are not expired any more and stay: a clock was ahead ${about('10')}`,
      `info: removed expired months ${about('07')}`,
      'warn: activity_y2024m08 is not removed, the next hour tries again: lock timeout {"table":"profile.activity"}',
    ]);
  });
});
