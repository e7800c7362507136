import type { Admin } from 'kafkajs';
import type { Position } from '../stream.ts';
import type { Names } from './names.ts';

export async function positionsOf(admin: Admin, topic: string, names: Names): Promise<Position[]> {
  const [offsets, { groups: all }] = await Promise.all([
    admin.fetchTopicOffsets(names.topic(topic)),
    admin.listGroups(),
  ]);
  const ends = offsets.sort((a, b) => a.partition - b.partition);
  const groups = all.flatMap(({ groupId }) => names.groupOf(groupId, topic) ?? []);
  if (groups.length === 0) return ends.map(({ partition, high }) => position(topic, '', partition, high, high));

  const positions = groups.map(async (group) => {
    const committed = await committedOf(admin, names.topic(topic), names.group(group, topic));
    return ends.map(({ partition, high, low }) =>
      position(topic, group, partition, high, committed.get(partition) ?? low),
    );
  });
  return (await Promise.all(positions)).flat();
}

/** Committed offsets by partition. A partition without a commit is absent: the group will start at its beginning. */
async function committedOf(admin: Admin, topic: string, groupId: string): Promise<Map<number, string>> {
  const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic] });
  const committed = offsets?.partitions.filter(({ offset }) => Number(offset) >= 0) ?? [];
  return new Map(committed.map(({ partition, offset }) => [partition, offset]));
}

function position(topic: string, group: string, partition: number, end: string, committed: string): Position {
  return { topic, group, partition, end: Number(end), committed: Number(committed) };
}
