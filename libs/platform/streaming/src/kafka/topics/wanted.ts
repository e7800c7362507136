import { largestValueBytes } from '../../publishable.ts';
import type { Names } from '../names.ts';

export interface NewTopic {
  readonly name: string;
  readonly partitions: number;
}

/** Room for the largest value with its key and headers. */
export const messageBytes = 2 * largestValueBytes;

/** The timestamp of a message is the time at which the broker appended it. */
export const topicSettings = [
  { name: 'max.message.bytes', value: String(messageBytes) },
  { name: 'message.timestamp.type', value: 'LogAppendTime' },
];

/** The topics, each once, with their names in the cluster. */
export function wantedTopics(topics: readonly NewTopic[], names: Names): NewTopic[] {
  const wanted = new Map(topics.map(({ name, partitions }) => [name, partitions] as const));
  return [...wanted].map(([name, partitions]) => ({ name: names.topic(name), partitions }));
}
