import type { Admin, Kafka } from 'kafkajs';

/** Runs `work` with a new admin connection: such requests are rare, and an old connection may be dead. */
export async function withAdmin<T>(kafka: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    // Not awaited: kafkajs first waits for pending requests.
    void admin.disconnect().catch(() => undefined);
  }
}

/** The end offsets of the partitions of a topic: those that their next messages will get. */
export async function endsOf(admin: Admin, topic: string): Promise<Map<number, number>> {
  const partitions = await admin.fetchTopicOffsets(topic);
  return new Map(partitions.map(({ partition, high }) => [partition, Number(high)]));
}
