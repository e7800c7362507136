import { expect, it, jest } from '@jest/globals';
import type { MonthlyPartitions } from '@sestante/postgres';
import type { Config, Retention } from '@sestante/runtime';
import { ForgetDecisions } from '../src/forget-decisions.ts';

it('decisions are removed after SESTANTE_DECISION_MONTHS', () => {
  const retention = { add: jest.fn() };
  const months = {} as MonthlyPartitions;
  new ForgetDecisions(months, retention as unknown as Retention, { SESTANTE_DECISION_MONTHS: 7 } as Config);
  expect(retention.add.mock.calls).toEqual([['postgres/offers', months, { keepMonths: 7 }]]);
});
