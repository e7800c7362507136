import type { Outcome } from '../outcome.ts';
import { partitionOf } from '../partitioner.ts';
import type { Delivery, Handler, Message } from '../stream.ts';

export function aMessage(fields: Partial<Message> = {}): Message {
  return { key: 'customer-1', value: '{}', headers: {}, ...fields };
}

export function aDelivery(fields: Partial<Delivery> = {}): Delivery {
  return {
    ...aMessage(fields),
    topic: 'engagement.activities.v1',
    partition: 0,
    offset: 0,
    publishedAt: 1_700_000_000_000,
    ...fields,
  };
}

/** Messages of one key, with values `a0`, `a1` … for the key `a`. */
export function messagesOf(key: string, count: number, from = 0): Message[] {
  return Array.from({ length: count }, (_, index) => aMessage({ key, value: `${key}${from + index}` }));
}

/** A key that the partitioner puts into the given partition. */
export function keyIn(partition: number, partitions: number): string {
  for (let number = 0; ; number++) {
    const key = `key-${number}-`;
    if (partitionOf(key, partitions) === partition) return key;
  }
}

/** Calls a handler with messages as one batch, without a stream, and returns their outcomes. */
export async function give(handler: Handler, messages: readonly Partial<Delivery>[]): Promise<readonly Outcome[]> {
  return handler(messages.map((message, offset) => aDelivery({ offset, ...message })));
}
