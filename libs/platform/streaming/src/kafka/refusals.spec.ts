import { expect, test } from '@jest/globals';
import { KafkaJSProtocolError } from 'kafkajs';
import { refusals } from './refusals.ts';

const failure = (type: string) => new KafkaJSProtocolError(Object.assign(new Error(type), { type, code: 1 }));

test('a refusal is reported until it is cleared', () => {
  const refused = refusals();
  refused.note('profile on orders', failure('GROUP_AUTHORIZATION_FAILED'));
  refused.note('publishing to orders', failure('TOPIC_AUTHORIZATION_FAILED'));
  expect(refused.all()).toEqual([
    'profile on orders: GROUP_AUTHORIZATION_FAILED',
    'publishing to orders: TOPIC_AUTHORIZATION_FAILED',
  ]);
  refused.clear('profile on orders');
  expect(refused.all()).toEqual(['publishing to orders: TOPIC_AUTHORIZATION_FAILED']);
});

test.each([
  [999, true],
  [1_000, false],
  [1_001, false],
])('a refusal that lasts 1000 ms is reported after %d ms: %s', (ms, isReported) => {
  let now = 0;
  const refused = refusals(() => now);
  refused.note('publishing to orders', failure('TOPIC_AUTHORIZATION_FAILED'), 1_000);
  now = ms;
  expect(refused.all().length === 1).toBe(isReported);
});

test('another failure is not a refusal', () => {
  const refused = refusals();
  refused.note('profile on orders', failure('NOT_LEADER_FOR_PARTITION'));
  expect(refused.all()).toEqual([]);
});
