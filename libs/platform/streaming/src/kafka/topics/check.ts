import kafkajs, { type Admin } from 'kafkajs';
import { messageBytes, type NewTopic, topicSettings } from './wanted.ts';

/** Topics are missing or take too small messages, and creating or changing them is somebody else's. The message says what to do, a line for each. */
export class UnfitTopics extends Error {
  readonly code = 'unfit-topics';
  readonly retriable = false;
  constructor(readonly faults: readonly string[]) {
    super(
      `The topics in Kafka are not ready, and are only checked here:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
    this.name = 'UnfitTopics';
  }
}

/** Throws `UnfitTopics` unless all topics are there and take the largest messages. Changes nothing. Needs the right to describe topics and their settings. */
export async function checkTopics(admin: Admin, topics: readonly NewTopic[]): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const present = topics.filter(({ name }) => existing.has(name)).map(({ name }) => name);
  const limits = present.length === 0 ? new Map<string, number>() : await messageLimitsOf(admin, present);
  const faults = topics.flatMap((topic) => faultOf(topic, limits.get(topic.name)) ?? []);
  if (faults.length > 0) throw new UnfitTopics(faults);
}

/** What has to be done about a topic that takes messages of so many bytes; undefined where it is not there. */
export function faultOf({ name, partitions }: NewTopic, takesBytes: number | undefined): string | undefined {
  if (takesBytes === undefined) {
    const settings = topicSettings.map((setting) => `${setting.name}=${setting.value}`).join(', ');
    const count = partitions === 1 ? '1 partition' : `${partitions} partitions`;
    return `${name} is missing, or may not be described by this user: create it with ${count}, ${settings}`;
  }
  if (takesBytes >= messageBytes) return undefined;
  return `${name} has max.message.bytes=${takesBytes}: set it to ${messageBytes} or more`;
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
