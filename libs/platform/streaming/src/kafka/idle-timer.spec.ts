import { describe, expect, test } from '@jest/globals';
// @ts-expect-error: kafkajs publishes no types for its internals.
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import { stopIdleTimers } from './idle-timer.ts';

const aQueue = () => {
  const sent: number[] = [];
  const logger = { debug: () => {}, warn: () => {} };
  const queue = new RequestQueue({ maxInFlightRequests: 1, requestTimeout: 1_000, clientId: 'c', broker: 'b', logger });
  const push = (correlationId: number) =>
    queue.push({
      entry: { correlationId, resolve: () => {}, reject: () => {} },
      expectResponse: true,
      sendRequest: () => sent.push(correlationId),
    });
  return { queue, sent, push };
};

describe('a request queue of kafkajs', () => {
  test('sets no timer while no request is pending', () => {
    stopIdleTimers();
    const { queue, push } = aQueue();
    queue.checkPendingRequests();
    push(1);
    queue.fulfillRequest({ correlationId: 1, payload: Buffer.of(), size: 0 });
    expect(queue.throttleCheckTimeoutId).toBeNull();
  });

  test('sends a request that had to wait for another', () => {
    stopIdleTimers();
    stopIdleTimers();
    const { queue, push, sent } = aQueue();
    push(1);
    push(2);
    expect(sent).toEqual([1]);
    queue.fulfillRequest({ correlationId: 1, payload: Buffer.of(), size: 0 });
    expect(sent).toEqual([1, 2]);
    queue.destroy();
  });

  test('sends a throttled request after its delay', async () => {
    stopIdleTimers();
    const { queue, push, sent } = aQueue();
    queue.maybeThrottle(30);
    push(1);
    expect(sent).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sent).toEqual([1]);
    queue.destroy();
  });
});
