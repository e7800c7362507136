import { describe, expect, test } from '@jest/globals';
import { faultOf, TopicsNotReady } from './check.ts';

describe('a topic in check mode', () => {
  test.each([
    [1, 'create it with 1 partition,'],
    [12, 'create it with 12 partitions,'],
  ])('and is missing is to be created with %d partitions', (partitions, advice) => {
    const fault = faultOf({ name: 'acme.orders.v1', partitions }, undefined);
    expect(fault).toContain('acme.orders.v1 does not exist, or this user is not allowed to describe it: ');
    expect(fault).toContain(`${advice} max.message.bytes=2097152, message.timestamp.type=LogAppendTime`);
  });

  test.each([
    [2_097_151, 'acme.orders.v1 has max.message.bytes=2097151: set it to 2097152 or more'],
    [2_097_152, undefined],
    [2_097_153, undefined],
  ])('with a limit of %d bytes', (limitBytes, fault) => {
    expect(faultOf({ name: 'acme.orders.v1', partitions: 4 }, limitBytes)).toBe(fault);
  });

  test('has one line for each fault', () => {
    const { message } = new TopicsNotReady(['a is missing', 'b is too small']);
    expect(message).toBe(
      'the topics in Kafka are not ready, and KAFKA_TOPICS=check forbids to create them:\n  a is missing\n  b is too small',
    );
  });
});
