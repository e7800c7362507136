import { expect, jest, test } from '@jest/globals';
import { type Admin, type Kafka, KafkaJSNonRetriableError } from 'kafkajs';
import { checkOf } from './check-cluster.ts';
import { refusals } from './refusals.ts';

/** A check of a cluster with a given failure, at a fixed time. */
function aCheck(failure: () => Error | undefined) {
  const time = { now: 0 };
  const connect = jest.fn(async () => {
    const error = failure();
    if (error) throw error;
  });
  const admin = { connect, describeCluster: async () => ({}), disconnect: async () => undefined };
  const kafka = { admin: () => admin as unknown as Admin } as Kafka;
  return { check: checkOf({ kafka, refusals: refusals() }, 1_000, () => time.now), connect, time };
}

const wrongPassword = () =>
  Object.assign(new KafkaJSNonRetriableError('wrong password'), { name: 'KafkaJSSASLAuthenticationError' });
const noToken = () => Object.assign(new Error('no token'), { name: 'TokenRequestFailed' });

test.each([
  [wrongPassword, 'Kafka denies access: wrong password', 4_999, 1],
  [wrongPassword, 'Kafka denies access: wrong password', 5_000, 2],
  [wrongPassword, 'Kafka denies access: wrong password', 5_001, 2],
  [noToken, 'Kafka does not respond: no token', 4_999, 1],
  [noToken, 'Kafka does not respond: no token', 5_000, 2],
])(
  'credentials that were refused are tried again after 5 s: %p, %s, after %d ms %d times',
  async (error, reason, ms, times) => {
    const { check, connect, time } = aCheck(error);
    await expect(check()).rejects.toThrow(reason);
    time.now = ms;
    await expect(check()).rejects.toThrow(reason);
    expect(connect).toHaveBeenCalledTimes(times);
  },
);

test('an unavailable cluster is asked at every check', async () => {
  const { check, connect } = aCheck(() => new Error('ECONNREFUSED'));
  await expect(check()).rejects.toThrow('Kafka does not respond: ECONNREFUSED');
  await expect(check()).rejects.toThrow('Kafka does not respond: ECONNREFUSED');
  expect(connect).toHaveBeenCalledTimes(2);
});

test('accepts credentials that were refused before', async () => {
  const answers = [wrongPassword(), undefined];
  const { check, time } = aCheck(() => answers.shift());
  await expect(check()).rejects.toThrow('wrong password');
  time.now = 5_000;
  await check();
});
