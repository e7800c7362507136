import { expect, test } from '@jest/globals';
import { happenedAt } from '../src/index.ts';

const received = '2026-11-20T12:00:00.000Z';

test.each([
  ['before it was received', '2026-11-20T11:59:59.999Z', '2026-11-20T11:59:59.999Z'],
  ['when it was received', received, received],
  ['after it was received, by a fast clock', '2026-11-20T12:00:00.001Z', received],
])('an activity that happened %s', (_, timestamp, happened) => {
  expect(happenedAt({ timestamp, receivedAt: received })).toBe(happened);
});
