import { describe, expect, test } from '@jest/globals';
import { topics } from '@sestante/contracts';
import { of, throwError } from 'rxjs';
import { done } from '../outcome.ts';
import type { Stream, Subscription } from '../stream.ts';
import { aDelivery } from '../testing/messages.ts';
import { compose } from '../middleware/compose.ts';
import { streamTransport } from './stream-transport.ts';

/** A stream that records its subscriptions, and rejects some. */
function aStream(refusals: Record<string, Error> = {}) {
  const subscriptions: Subscription[] = [];
  const subscribe = async (subscription: Subscription) => {
    const refusal = refusals[subscription.group];
    delete refusals[subscription.group];
    if (refusal) throw refusal;
    subscriptions.push(subscription);
  };
  return { subscriptions, stream: { subscribe } as unknown as Stream };
}

function aTransport(stream: Stream, ...groups: string[]) {
  const transport = streamTransport(stream, []);
  for (const group of groups) {
    const handler = Object.assign(async () => of([done]), { isEventHandler: false });
    transport.addHandler(`customers@${group}`, handler, false, {
      handlerOptions: { topic: topics.customers, group, batchSize: 7 },
    });
  }
  const listen = () =>
    new Promise<unknown>((resolve) => {
      void transport.listen((error?: unknown) => resolve(error));
    });
  return { transport, listen };
}

describe('the transport', () => {
  test('subscribes every handler to its topic with its group and batch size', async () => {
    const { subscriptions, stream } = aStream();
    expect(await aTransport(stream, 'scoring', 'offers').listen()).toBeUndefined();
    expect(subscriptions).toMatchObject([
      { topic: topics.customers.name, group: 'scoring', batchSize: 7 },
      { topic: topics.customers.name, group: 'offers', batchSize: 7 },
    ]);
  });

  test('reports a failure, and subscribes only the remaining handlers when it listens again', async () => {
    const failure = new Error('the database is failure');
    const { subscriptions, stream } = aStream({ offers: failure });
    const { listen } = aTransport(stream, 'scoring', 'offers', 'care');
    expect(await listen()).toBe(failure);
    expect(await listen()).toBeUndefined();
    expect(subscriptions.map(({ group }) => group)).toEqual(['scoring', 'offers', 'care']);
  });

  test('refuses a handler that was not declared with @Handles', () => {
    const { transport } = aTransport(aStream().stream);
    const handler = Object.assign(async () => undefined, { isEventHandler: false });
    expect(() => transport.addHandler('orders', handler, false, {})).toThrow(
      'The handler of orders is not declared with @Handles.',
    );
  });

  test('does not close the stream, which belongs to the application', async () => {
    expect(aTransport(aStream().stream).transport.close()).toBeUndefined();
  });
});

describe('a handler', () => {
  const batch = [
    aDelivery({
      value: JSON.stringify(topics.customers.events.CustomerActed.example),
      headers: { ce_type: 'engagement.customer.acted.v1' },
    }),
  ];
  const boom = new Error('boom');

  test.each([
    ['a promise of outcomes', async () => [done]],
    ['an observable of outcomes', async () => of([done])],
  ])('may return %s', async (_, answer) => {
    const { subscriptions, stream } = aStream();
    const transport = streamTransport(stream, []);
    transport.addHandler('x', Object.assign(answer, {}) as never, false, {
      handlerOptions: { topic: topics.customers, group: 'scoring' },
    });
    await transport.listen(() => undefined);
    expect(await subscriptions[0]!.handler(batch)).toEqual([done]);
  });

  test.each([
    ['rejects', () => Promise.reject(boom)],
    ['gives an observable that fails', async () => throwError(() => boom)],
  ])('that %s rejects with its own error', async (_, answer) => {
    const { subscriptions, stream } = aStream();
    const transport = streamTransport(stream, []);
    transport.addHandler('x', Object.assign(answer, {}) as never, false, {
      handlerOptions: { topic: topics.customers, group: 'scoring' },
    });
    await transport.listen(() => undefined);
    await expect(subscriptions[0]!.handler(batch)).rejects.toBe(boom);
  });

  test('passes its topic and group to the middleware', async () => {
    const { subscriptions, stream } = aStream();
    const places: unknown[] = [];
    const transport = streamTransport(stream, [(next) => (given, where) => (places.push(where), next(given, where))]);
    transport.addHandler('x', (async () => [done]) as never, false, {
      handlerOptions: { topic: topics.customers, group: 'scoring' },
    });
    await transport.listen(() => undefined);
    await subscriptions[0]!.handler(batch);
    expect(places).toEqual([{ topic: topics.customers.name, group: 'scoring' }]);
    expect(compose([], async () => [])).toBeInstanceOf(Function);
  });
});
