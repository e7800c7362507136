import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { patientRetry } from './client.ts';
import { unlessAborted } from '../waiting.ts';

/** How long a broker may hold back an answer while there is nothing new; also the longest delay of a partition that comes out of a pause. */
const fetchWaitMs = 500;
/** Partitions of one fetch that are handled side by side. */
const sideBySide = 16;

export interface Membership {
  readonly topic: string;
  readonly groupId: string;
  readonly startAt: 'beginning' | 'end';
  readonly sessionTimeoutMs: number;
  readonly closing: AbortSignal;
  /** Told, before the first fetch, which partitions have become ours. */
  readonly onJoin: (partitions: readonly number[], consumer: Consumer) => void;
  readonly eachBatch: (payload: EachBatchPayload) => Promise<void>;
}

/** A third of the session, at most 3 s: two may be lost before the group gives us up. */
export function heartbeatMsOf(sessionTimeoutMs: number): number {
  return Math.min(3_000, Math.floor(sessionTimeoutMs / 3));
}

/**
 * One life as a member of a group: joins, consumes, and leaves when `closing` says so, after the running batches. Rejects when the
 * consumer crashes or gets no answer: kafkajs would go on by itself after some errors and stop silently after others.
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
    consumer.on(consumer.events.REQUEST_TIMEOUT, ({ payload }) => reject(new Error(`no answer to ${payload.apiName}`)));
  });
  const end = unlessAborted(closing, crash);
  // May come before it is awaited.
  end.catch(() => undefined);
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: startAt === 'beginning' });
    if (closing.aborted) return;
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: sideBySide,
      eachBatch: membership.eachBatch,
    });
    await end;
  } finally {
    await consumer.disconnect().catch(() => undefined);
  }
}
