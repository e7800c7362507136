import { describe, expect, test } from '@jest/globals';
import kafkajs, { KafkaJSNonRetriableError, KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError } from 'kafkajs';
import { isBrokerResponse, isRefusal, isTransient, isOutcomeUnknown, reasonOf } from './failure.ts';
import { NotConfirmed } from './publish.ts';

const { KafkaJSConnectionError, KafkaJSRequestTimeoutError } = kafkajs;
const answered = (type: string, retriable: boolean) =>
  new KafkaJSProtocolError(Object.assign(new Error(type), { type, code: 1, retriable }));
/** Wraps an error as kafkajs does after its last retry. Its types lack the second argument. */
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
      name: 'no response',
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
      name: 'replicas that did not respond',
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
    { name: 'a bug in kafkajs', error: new TypeError('null'), transient: true, unknown: false, answer: false },
  ])('$name is classified the same when it is wrapped', ({ error, transient, unknown, answer }) => {
    for (const failure of [error, wrapped(error)]) {
      expect([isTransient(failure), isOutcomeUnknown(failure), isBrokerResponse(failure)]).toEqual([
        transient,
        unknown,
        answer,
      ]);
      expect(reasonOf(failure)).toBe(error.message);
    }
  });

  test('about several topics has the reason of the one that did not exist before', () => {
    const errors = [answered('TOPIC_ALREADY_EXISTS', false), answered('INVALID_PARTITIONS', false)];
    const several = Object.assign(new Error('Topic creation errors'), { name: 'KafkaJSAggregateError', errors });
    expect(reasonOf(several)).toBe('INVALID_PARTITIONS');
    expect(isTransient(several)).toBe(false);
  });

  test.each([
    [
      'wrong credentials',
      Object.assign(new KafkaJSNonRetriableError('no'), { name: 'KafkaJSSASLAuthenticationError' }),
    ],
    ['no permission to write', answered('TOPIC_AUTHORIZATION_FAILED', false)],
    ['no permission to read as a group', answered('GROUP_AUTHORIZATION_FAILED', false)],
    ['no permission in the cluster', answered('CLUSTER_AUTHORIZATION_FAILED', false)],
  ])('for %s is a refusal, and no message is to blame', (_, error) => {
    for (const failure of [error, wrapped(error)]) {
      expect([isRefusal(failure), isTransient(failure)]).toEqual([true, false]);
      expect(new NotConfirmed('orders', 1, failure).retriable).toBe(true);
    }
  });

  test('that a message causes is not a refusal', () => {
    const error = answered('MESSAGE_TOO_LARGE', false);
    expect(isRefusal(error)).toBe(false);
    expect(new NotConfirmed('orders', 1, error).retriable).toBe(false);
  });

  test.each([
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'the certificate of the broker is not signed by a trusted CA'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'the broker refuses the certificate of this client, or requires one'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'the listener of the broker does not use TLS, or has closed the connection'],
  ])('to connect with %s is explain', (code, meaning) => {
    const error = Object.assign(new KafkaJSConnectionError('Connection error: words of OpenSSL'), { code });
    expect(reasonOf(wrapped(error))).toBe(`Connection error: ${meaning} (${code})`);
    expect(isTransient(error)).toBe(true);
  });
});
