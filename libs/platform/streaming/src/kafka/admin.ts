import type { Admin, Kafka } from 'kafkajs';

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

/** Where the partitions of a topic end: the offsets that their next messages will get. */
export async function endsOf(admin: Admin, topic: string): Promise<Map<number, number>> {
  const partitions = await admin.fetchTopicOffsets(topic);
  return new Map(partitions.map(({ partition, high }) => [partition, Number(high)]));
}
