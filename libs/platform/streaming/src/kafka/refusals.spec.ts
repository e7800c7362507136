import { expect, test } from '@jest/globals';
import { KafkaJSProtocolError } from 'kafkajs';
import { refusals } from './refusals.ts';

const failure = (type: string) => new KafkaJSProtocolError(Object.assign(new Error(type), { type, code: 1 }));

test('a refusal is told until it is over', () => {
  const told = refusals();
  told.note('profile on orders', failure('GROUP_AUTHORIZATION_FAILED'));
  told.note('publishing to orders', failure('TOPIC_AUTHORIZATION_FAILED'));
  expect(told.all()).toEqual([
    'profile on orders: GROUP_AUTHORIZATION_FAILED',
    'publishing to orders: TOPIC_AUTHORIZATION_FAILED',
  ]);
  told.clear('profile on orders');
  expect(told.all()).toEqual(['publishing to orders: TOPIC_AUTHORIZATION_FAILED']);
});

test.each([
  [999, true],
  [1_000, false],
  [1_001, false],
])('a refusal that lasts 1000 ms is told after %d ms: %s', (ms, isTold) => {
  let now = 0;
  const told = refusals(() => now);
  told.note('publishing to orders', failure('TOPIC_AUTHORIZATION_FAILED'), 1_000);
  now = ms;
  expect(told.all().length === 1).toBe(isTold);
});

test('another failure is no refusal', () => {
  const told = refusals();
  told.note('profile on orders', failure('NOT_LEADER_FOR_PARTITION'));
  expect(told.all()).toEqual([]);
});
