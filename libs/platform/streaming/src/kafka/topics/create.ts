import { retry } from '@sestante/retry';
import type { Admin } from 'kafkajs';
import { isTransient } from '../failure.ts';
import { type NewTopic, topicSettings } from './wanted.ts';

const maxAttempts = 8;

/** Creates missing topics. The replication factor -1 is the default of the cluster. */
export async function createTopics(
  admin: Admin,
  topics: readonly NewTopic[],
  replicationFactor: number,
): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter(({ name }) => !existing.has(name));
  if (missing.length === 0) return;
  await admin.createTopics({
    topics: missing.map(({ name, partitions }) => ({
      topic: name,
      numPartitions: partitions,
      replicationFactor,
      configEntries: topicSettings,
    })),
    waitForLeaders: false,
  });
  for (const { name } of missing) await untilServed(admin, name);
}

/**
 * Waits until the brokers serve a new topic, which they do one partition after the other, some time after its creation. An earlier publication would
 * be refused by some brokers, sent again as a whole, and written twice.
 */
async function untilServed(admin: Admin, topic: string): Promise<void> {
  await retry(() => admin.fetchTopicOffsets(topic), { maxAttempts, isRetriable: isTransient });
}
