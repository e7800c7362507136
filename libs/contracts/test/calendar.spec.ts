import { expect, test } from '@jest/globals';
import { startsWithValidDate } from '../src/calendar.ts';

test.each([
  ['2026-02-28', true],
  ['2026-02-29', false],
  ['2024-02-29', true],
  ['2024-02-30T10:00:00Z', false],
  ['2026-04-30T23:59:59.999Z', true],
  ['2026-04-31', false],
  ['2026-12-31', true],
  ['2026-12-32', false],
  ['2026-13-01', false],
  ['2026-00-01', false],
  ['0001-01-01', true],
  ['9999-12-31', true],
  ['', false],
  ['yesterday', false],
])('%j starts with a valid date: %s', (text, isReal) => {
  expect(startsWithValidDate(text)).toBe(isReal);
});
