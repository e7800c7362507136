import { expect, it } from '@jest/globals';
import { isPauseEnd } from '../src/pause-end.ts';

it.each([
  ['2026-12-24', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-12-24T10:00Z', true],
  ['2026-12-24T10:00:00.123456789+01:00', true],
  ['2026-12-24T10:00:00.1234567891+01:00', false],
  ['2026-02-30T10:00:00Z', false],
  ['2026-12-24T25:00:00Z', false],
  ['2026-12-24T10:00:00', false],
  ['2026-12-24 10:00:00Z', false],
  ['2026-12-24T10:00:00+0100', false],
  ['soon', false],
  ['', false],
  [20_261_224, false],
  [null, false],
])('a pause can end at %j: %s', (value, can) => {
  expect(isPauseEnd(value)).toBe(can);
});
