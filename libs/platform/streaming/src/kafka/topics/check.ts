import kafkajs, { type Admin } from 'kafkajs';
import { messageBytes, type NewTopic, topicSettings } from './wanted.ts';

/** Topics are missing or their message limit is too small, and this process is not allowed to change them. The message has a line with the fix for each. */
export class TopicsNotReady extends Error {
  readonly code = 'topics-not-ready';
  readonly retriable = false;
  constructor(readonly faults: readonly string[]) {
    super(
      `the topics in Kafka are not ready, and KAFKA_TOPICS=check forbids to create them:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
    this.name = 'TopicsNotReady';
  }
}

/** Throws `TopicsNotReady` unless all topics exist and accept the largest messages. Changes nothing. Needs the permission to describe topics and their settings. */
export async function checkTopics(admin: Admin, topics: readonly NewTopic[]): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const present = topics.filter(({ name }) => existing.has(name)).map(({ name }) => name);
  const limits = present.length === 0 ? new Map<string, number>() : await messageLimitsOf(admin, present);
  const faults = topics.flatMap((topic) => faultOf(topic, limits.get(topic.name)) ?? []);
  if (faults.length > 0) throw new TopicsNotReady(faults);
}

/** The fix for a topic with the message limit `limitBytes` (undefined if the topic does not exist); undefined if the topic is valid. */
export function faultOf({ name, partitions }: NewTopic, limitBytes: number | undefined): string | undefined {
  if (limitBytes === undefined) {
    const settings = topicSettings.map((setting) => `${setting.name}=${setting.value}`).join(', ');
    const count = partitions === 1 ? '1 partition' : `${partitions} partitions`;
    return `${name} does not exist, or this user is not allowed to describe it: create it with ${count}, ${settings}`;
  }
  if (limitBytes >= messageBytes) return undefined;
  return `${name} has max.message.bytes=${limitBytes}: set it to ${messageBytes} or more`;
}

async function messageLimitsOf(admin: Admin, topics: readonly string[]): Promise<Map<string, number>> {
  const { resources } = await admin.describeConfigs({
    resources: topics.map((name) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name,
      configNames: ['max.message.bytes'],
    })),
    includeSynonyms: false,
  });
  return new Map(
    resources.map(({ resourceName, configEntries }) => [resourceName, Number(configEntries[0]?.configValue)]),
  );
}
