import { describe, expect, test } from '@jest/globals';
import kafkajs, { KafkaJSNonRetriableError, KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError } from 'kafkajs';
import { isAnswer, isTransient, isUnknown, reasonOf } from './failure.ts';

const { KafkaJSConnectionError, KafkaJSRequestTimeoutError } = kafkajs;
const answered = (type: string, retriable: boolean) =>
  new KafkaJSProtocolError(Object.assign(new Error(type), { type, code: 1, retriable }));
/** As kafkajs wraps an error when it gives up. Its types do not show the second argument. */
const wrapped = (cause: Error) => {
  const retried = new KafkaJSNumberOfRetriesExceeded(cause, { retryCount: 3, retryTime: 1 });
  return Object.assign(new KafkaJSNonRetriableError(retried), { cause: Object.assign(retried, { cause }) });
};

describe('a failure of kafkajs', () => {
  test.each([
    {
      name: 'no connection',
      error: new KafkaJSConnectionError('connect ECONNREFUSED'),
      transient: true,
      unknown: false,
      answer: false,
    },
    {
      name: 'no answer',
      error: new KafkaJSRequestTimeoutError('timed out'),
      transient: true,
      unknown: true,
      answer: false,
    },
    {
      name: 'a leader that is moving',
      error: answered('NOT_LEADER_FOR_PARTITION', true),
      transient: true,
      unknown: false,
      answer: true,
    },
    {
      name: 'replicas that did not answer',
      error: answered('REQUEST_TIMED_OUT', true),
      transient: true,
      unknown: true,
      answer: true,
    },
    {
      name: 'a message that is too large',
      error: answered('MESSAGE_TOO_LARGE', false),
      transient: false,
      unknown: false,
      answer: true,
    },
    {
      name: 'wrong credentials',
      error: Object.assign(new KafkaJSNonRetriableError('no'), { name: 'KafkaJSSASLAuthenticationError' }),
      transient: false,
      unknown: false,
      answer: false,
    },
    { name: 'a slip of kafkajs itself', error: new TypeError('null'), transient: true, unknown: false, answer: false },
  ])('$name is the same when it is wrapped', ({ error, transient, unknown, answer }) => {
    for (const failure of [error, wrapped(error)]) {
      expect([isTransient(failure), isUnknown(failure), isAnswer(failure)]).toEqual([transient, unknown, answer]);
      expect(reasonOf(failure)).toBe(error.message);
    }
  });

  test('about several topics is about the one that did not exist before', () => {
    const errors = [answered('TOPIC_ALREADY_EXISTS', false), answered('INVALID_PARTITIONS', false)];
    const several = Object.assign(new Error('Topic creation errors'), { name: 'KafkaJSAggregateError', errors });
    expect(reasonOf(several)).toBe('INVALID_PARTITIONS');
    expect(isTransient(several)).toBe(false);
  });
});
