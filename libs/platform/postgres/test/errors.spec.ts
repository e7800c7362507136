import { describe, expect, test } from '@jest/globals';
import { isRetriable, reasonOf } from '../src/index.ts';

const failure = (code: unknown, message = 'it failed') => Object.assign(new Error(message), { code });

describe('a retriable error', () => {
  test.each([
    ['08000', 'connection exception'],
    ['08006', 'connection failure'],
    ['25006', 'read-only transaction: the old primary, after a failover'],
    ['25P03', 'idle in transaction for too long'],
    ['40001', 'serialization failure'],
    ['40P01', 'deadlock'],
    ['53100', 'disk full'],
    ['53300', 'too many connections'],
    ['55P03', 'lock not available'],
    ['57014', 'statement time-out'],
    ['57P01', 'the administrator stops the server'],
    ['57P02', 'the server crashed'],
    ['57P03', 'the server is starting'],
    ['ECONNREFUSED', 'no listener'],
    ['ECONNRESET', 'the connection broke'],
    ['ECONNABORTED', 'the connection broke here'],
    ['EPIPE', 'the peer has closed the connection'],
    ['ETIMEDOUT', 'no answer'],
    ['ENOTFOUND', 'no such host, for now'],
    ['EAI_AGAIN', 'the name server is unavailable'],
    ['ENETUNREACH', 'no network'],
    ['EHOSTUNREACH', 'no route to the host'],
  ])('has the code %s: %s', (code) => {
    expect(isRetriable(failure(code))).toBe(true);
  });

  test.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
    'timeout exceeded when trying to connect',
    'Cannot use a pool after calling end on the pool',
    'Cannot execute operation because connection is not yet established.',
    'Connection with postgres database is not established. Check connection configuration.',
    'Driver not Connected',
  ])('has the message "%s"', (message) => {
    expect(isRetriable(new Error(message))).toBe(true);
  });

  test('has the property retriable, whatever its code', () => {
    expect(isRetriable(Object.assign(new Error('not loaded yet'), { retriable: true }))).toBe(true);
    expect(isRetriable(Object.assign(failure('ECONNREFUSED'), { retriable: false }))).toBe(false);
  });

  test('may be one of an aggregate error, for a host with several addresses', () => {
    expect(isRetriable(new AggregateError([failure('EINVAL'), failure('ECONNREFUSED')]))).toBe(true);
    expect(isRetriable(new AggregateError([failure('EINVAL')]))).toBe(false);
  });
});

describe('an error that is not retriable', () => {
  test.each([
    ['22P02', 'invalid text'],
    ['22021', 'an invalid character'],
    ['23505', 'a duplicate value'],
    ['23503', 'a missing row'],
    ['28P01', 'a wrong password'],
    ['3D000', 'no such database'],
    ['40002', 'a constraint that fails at commit'],
    ['42P01', 'no such table'],
    ['42601', 'a syntax error'],
    ['XX000', 'a bug in the server'],
    ['EACCES', 'not allowed'],
    [57, 'a number'],
    [undefined, 'nothing'],
  ] as [unknown, string][])('has the code %s: %s', (code) => {
    expect(isRetriable(failure(code))).toBe(false);
  });

  test.each([[undefined], [null], ['ECONNREFUSED'], [5], [{}], [new Error('')]])('may be anything: %p', (error) => {
    expect(isRetriable(error)).toBe(false);
  });
});

describe('the reason of an error', () => {
  test.each([
    ['its message', new Error('no such table'), 'no such table'],
    ['the message of the first inner error', new AggregateError([new Error('one'), new Error('other')]), 'one'],
    [
      'its message without the path of a socket',
      Object.assign(new Error('connect ENOENT /home/ada/.s.PGSQL.5432'), { address: '/home/ada/.s.PGSQL.5432' }),
      'connect ENOENT the socket',
    ],
    ['its code, without a message', failure('ECONNREFUSED', ''), 'ECONNREFUSED'],
    [
      'the code of the inner error, without messages',
      new AggregateError([failure('ECONNREFUSED', '')]),
      'ECONNREFUSED',
    ],
    ['itself, for a string', 'boom', 'boom'],
    ['the word undefined, for undefined', undefined, 'undefined'],
  ])('is %s', (_, error, reason) => {
    expect(reasonOf(error)).toBe(reason);
  });
});
