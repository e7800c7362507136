import { describe, expect, test } from '@jest/globals';
import type { KafkaMessage } from 'kafkajs';
import { toDelivery } from './delivery.ts';

const record = (fields: Partial<KafkaMessage>) =>
  ({
    key: Buffer.from('k'),
    value: Buffer.from('v'),
    offset: '7',
    timestamp: '1700000000000',
    attributes: 0,
    ...fields,
  }) as KafkaMessage;

describe('a record of another producer', () => {
  test('without key, value and headers has empty ones', () => {
    expect(toDelivery('t', 2, record({ key: null, value: null }))).toEqual({
      topic: 't',
      partition: 2,
      offset: 7,
      publishedAt: 1_700_000_000_000,
      key: '',
      value: '',
      headers: {},
    });
  });

  test('has the last value of a repeated header, and an empty value for a header without one', () => {
    const headers = { trace: [Buffer.from('first'), Buffer.from('secönd')], text: 'plain', nothing: undefined };
    expect(toDelivery('t', 0, record({ headers })).headers).toEqual({ trace: 'secönd', text: 'plain', nothing: '' });
  });
});
