import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { patientRetry } from './client.ts';
import { unlessAborted } from '../waiting.ts';

/** How long a broker may delay a response while there are no new messages; also the longest delay of a partition after a pause. */
const fetchWaitMs = 500;
/** The number of partitions of one fetch that are handled concurrently. */
const concurrency = 16;

export interface Membership {
  readonly topic: string;
  readonly groupId: string;
  readonly startAt: 'beginning' | 'end';
  readonly sessionTimeoutMs: number;
  readonly closing: AbortSignal;
  /** Called with the assigned partitions before the first fetch. */
  readonly onJoin: (partitions: readonly number[], consumer: Consumer) => void;
  readonly eachBatch: (payload: EachBatchPayload) => Promise<void>;
}

/** A third of the session timeout, at most 3 s: two heartbeats may be lost before the session expires. */
export function heartbeatMsOf(sessionTimeoutMs: number): number {
  return Math.min(3_000, Math.floor(sessionTimeoutMs / 3));
}

/**
 * Joins a group, consumes, and leaves after the running batches when `closing` is aborted. Rejects if the consumer crashes or a request times
 * out: kafkajs would continue by itself after some errors and stop silently after others.
 */
export async function consume(
  kafka: Kafka,
  { topic, groupId, startAt, closing, ...membership }: Membership,
): Promise<void> {
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: membership.sessionTimeoutMs,
    heartbeatInterval: heartbeatMsOf(membership.sessionTimeoutMs),
    maxWaitTimeInMs: fetchWaitMs,
    allowAutoTopicCreation: false,
    retry: { ...patientRetry, restartOnFailure: async () => false },
  });
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) =>
    membership.onJoin(payload.memberAssignment[topic] ?? [], consumer),
  );
  const crash = new Promise<never>((_resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    consumer.on(consumer.events.REQUEST_TIMEOUT, ({ payload }) =>
      reject(new Error(`no response to ${payload.apiName}`)),
    );
  });
  const end = unlessAborted(closing, crash);
  // It may reject before it is awaited.
  end.catch(() => undefined);
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: startAt === 'beginning' });
    if (closing.aborted) return;
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: concurrency,
      eachBatch: membership.eachBatch,
    });
    await end;
  } finally {
    await consumer.disconnect().catch(() => undefined);
  }
}
