import { expect, it, jest } from '@jest/globals';
import type { MonthlyPartitions } from '@sestante/postgres';
import { type HourlyJobs, type Logger, parseConfig, type Retention } from '@sestante/runtime';
import type { DataSource } from 'typeorm';
import { ForgetOldIds } from '../src/forget-old-ids.ts';
import { RemoveOldActivities } from '../src/remove-old-activities.ts';

const config = parseConfig({ SESTANTE_ACTIVITY_MONTHS: '12' });

it('of activities is that of the configuration', () => {
  const add = jest.fn();
  const months = {} as MonthlyPartitions;
  new RemoveOldActivities(months, { add } as unknown as Retention, config);
  expect(add).toHaveBeenCalledWith('postgres/profile', months, { keepMonths: 12 });
});

it('of ids is three months longer; a failure is logged, and the next hour tries again', async () => {
  const jobs: (() => Promise<void>)[] = [];
  const query = jest.fn((_sql: string, _values: unknown[]) => Promise.reject(new Error('the database is down')));
  const warnings: string[] = [];
  new ForgetOldIds(
    { query } as unknown as DataSource,
    { add: (_: string, job: () => Promise<void>) => void jobs.push(job) } as unknown as HourlyJobs,
    config,
    { warn: (text: string) => void warnings.push(text) } as unknown as Logger,
  );
  for (let hour = 0; hour < 2; hour += 1) {
    await jobs[0]!();
    await new Promise(setImmediate);
  }
  expect(query.mock.calls.map(([, values]) => values[1])).toEqual([15, 15]);
  const warning = 'old ids of activities are not removed, the next hour tries again: the database is down';
  expect(warnings).toEqual([warning, warning]);
});
