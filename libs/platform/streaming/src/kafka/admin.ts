import type { Admin, Kafka } from 'kafkajs';
import { retry } from '@sestante/retry';
import { deadLetterTopic } from '../dead-letter.ts';
import { largestValueBytes } from '../publishable.ts';
import { isTransient } from './failure.ts';

const mostAttempts = 8;

/** Asks the cluster something over a connection of its own: questions are rare, and a connection kept for them may be dead. */
export async function withAdmin<T>(kafka: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    // Not awaited: kafkajs first waits for requests without an answer.
    void admin.disconnect().catch(() => undefined);
  }
}

export interface NewTopic {
  readonly name: string;
  readonly partitions: number;
}

/** Room for the largest value with its key and headers, and timestamps that are the broker's: when the stream took the message. */
const topicSettings = [
  { name: 'max.message.bytes', value: String(2 * largestValueBytes) },
  { name: 'message.timestamp.type', value: 'LogAppendTime' },
];

/** Creates the topics that are missing, and the one for dead letters, with the cluster's own replication factor. */
export async function createTopics(admin: Admin, topics: readonly NewTopic[]): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const wanted = new Map([[deadLetterTopic, 1], ...topics.map(({ name, partitions }) => [name, partitions] as const)]);
  const missing = [...wanted].filter(([name]) => !existing.has(name));
  if (missing.length === 0) return;
  await admin.createTopics({
    topics: missing.map(([name, partitions]) => ({
      topic: name,
      numPartitions: partitions,
      replicationFactor: -1,
      configEntries: topicSettings,
    })),
    waitForLeaders: false,
  });
  for (const [name] of missing) await untilServed(admin, name);
}

/**
 * The brokers begin to serve a new topic one partition after the other, some time after they have announced it. What is published
 * before then is refused by some of them, sent again as a whole, and there twice.
 */
async function untilServed(admin: Admin, topic: string): Promise<void> {
  await retry(() => admin.fetchTopicOffsets(topic), { mostAttempts, isRetriable: isTransient });
}

/** Where the partitions of a topic end: the offsets that their next messages will get. */
export async function endsOf(admin: Admin, topic: string): Promise<Map<number, number>> {
  const partitions = await admin.fetchTopicOffsets(topic);
  return new Map(partitions.map(({ partition, high }) => [partition, Number(high)]));
}
