import { retry } from '@sestante/retry';
import type { Admin } from 'kafkajs';
import { isTransient } from '../failure.ts';
import { type NewTopic, topicSettings } from './wanted.ts';

const maxAttempts = 8;

/** Creates the topics that are missing. A replication factor of -1 is the cluster's own. */
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
 * The brokers begin to serve a new topic one partition after the other, some time after they have announced it. What is published
 * before then is refused by some of them, sent again as a whole, and there twice.
 */
async function untilServed(admin: Admin, topic: string): Promise<void> {
  await retry(() => admin.fetchTopicOffsets(topic), { maxAttempts, isRetriable: isTransient });
}
