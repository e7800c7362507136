import { type CustomerErased, type ErasureRequested, open, topics } from '@sestante/contracts';
import type { DeadLetters } from '@sestante/runtime';
import type { Message } from '@sestante/streaming';
import { recordingStream, type WayToPublish } from '@sestante/streaming/testing';
import type { DataSource } from 'typeorm';
import { EraseCustomers } from '../../src/erasure/erase-customers.ts';
import { EraseHistory } from '../../src/erasure/erase-history.handler.ts';

/** Erases customers in a process without HTTP, and records what it publishes. */
export interface Eraser {
  /** Erases a customer and its history. Resolves to the id of the erasure. */
  erase(customerId: string): Promise<string | undefined>;
  /** The same without its history. */
  eraseOnly(customerId: string): Promise<string | undefined>;
  /** Erases the history of those that were erased so far. */
  finish(): Promise<void>;
  readonly customers: CustomerErased[];
  readonly requests: ErasureRequested[];
}

export function eraserOf(
  dataSource: DataSource,
  {
    way = 'with the commit',
    publish = () => Promise.resolve(),
  }: { way?: WayToPublish; publish?: () => Promise<void> } = {},
): Eraser {
  const customers: CustomerErased[] = [];
  const requests: ErasureRequested[] = [];
  const record = (topic: string, message: Message) => {
    if (topic === topics.erasures.name) requests.push(open(topics.erasures, message).data);
    else customers.push(open(topics.customers, message).data as CustomerErased);
  };
  const stream = recordingStream(way, async ({ topic, messages }) => {
    await publish();
    for (const message of messages) record(topic, message);
  });
  const erasing = new EraseCustomers(dataSource, stream);
  const letters = { erasePerson: () => Promise.resolve(0) } as unknown as DeadLetters;
  const eraseOnly = (customerId: string) => erasing.erase(customerId);
  const finish = async () => {
    const place = { event: 'ErasureRequested' as const, partition: 0, offset: 0, isPossibleRepeat: false };
    await new EraseHistory(dataSource, letters).handle(
      requests.map((data) => ({ id: data.erasureId, data, ...place })),
    );
  };
  return {
    customers,
    requests,
    eraseOnly,
    finish,
    async erase(customerId) {
      const erasureId = await eraseOnly(customerId);
      await finish();
      return erasureId;
    },
  };
}
