interface Sorted<M> {
  readonly topic: string;
  readonly partitionMetadata: readonly unknown[];
  readonly messages: readonly M[];
  readonly partitioner: (of: { topic: string; partitionMetadata: readonly unknown[]; message: M }) => number;
}

/** The messages of each partition, in order. That of kafkajs copies the messages of a partition for each one it adds. */
export function groupMessages<M>({ topic, partitionMetadata, messages, partitioner }: Sorted<M>): Record<number, M[]> {
  const groups: Record<number, M[]> = {};
  if (partitionMetadata.length === 0) return groups;
  for (const message of messages) (groups[partitioner({ topic, partitionMetadata, message })] ??= []).push(message);
  return groups;
}
