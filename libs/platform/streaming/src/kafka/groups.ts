import type { Admin } from 'kafkajs';
import type { Position } from '../stream.ts';

/**
 * Kafka's name of the group that reads one topic for one of our groups. One each, because the members of a group of kafkajs must all
 * subscribe to the same topics, and so that who comes and goes on one topic does not interrupt the others. No topic's name has a colon.
 */
export function groupId(group: string, topic: string): string {
  return `${group}:${topic}`;
}

export async function positionsOf(admin: Admin, topic: string): Promise<Position[]> {
  const [offsets, { groups }] = await Promise.all([admin.fetchTopicOffsets(topic), admin.listGroups()]);
  const ends = offsets.sort((a, b) => a.partition - b.partition);
  const suffix = groupId('', topic);
  const names = groups
    .filter(({ groupId }) => groupId.endsWith(suffix))
    .map(({ groupId }) => groupId.slice(0, -suffix.length));
  if (names.length === 0) return ends.map(({ partition, high }) => position(topic, '', partition, high, high));

  const positions = names.map(async (group) => {
    const committed = await committedOf(admin, topic, group);
    return ends.map(({ partition, high, low }) =>
      position(topic, group, partition, high, committed.get(partition) ?? low),
    );
  });
  return (await Promise.all(positions)).flat();
}

/** A partition in which the group has not committed yet is absent: it will start at the beginning. */
async function committedOf(admin: Admin, topic: string, group: string): Promise<Map<number, string>> {
  const [offsets] = await admin.fetchOffsets({ groupId: groupId(group, topic), topics: [topic] });
  const committed = offsets?.partitions.filter(({ offset }) => Number(offset) >= 0) ?? [];
  return new Map(committed.map(({ partition, offset }) => [partition, offset]));
}

function position(topic: string, group: string, partition: number, end: string, committed: string): Position {
  return { topic, group, partition, end: Number(end), committed: Number(committed) };
}
