import type { Consumer, Kafka, Producer } from 'kafkajs';
import type { Benchmark, Context } from '../benchmark.ts';
import { customers, eventSource } from '../load/events.ts';
import type { Rate, Run } from '../measure/rate.ts';
import { repeat } from '../measure/repeat.ts';
import { type Part, stopwatch, thisProcess } from '../measure/stopwatch.ts';
import { emptyKafka, kafkaClient, NoKafka, startKafka } from '../system/kafka.ts';

const title = 'Baseline: kafkajs alone';
const eachSend = 100;

export const rawProduce = 'kafkajs, produce in batches of 100';
export const rawConsume = 'kafkajs, consume by eachBatch and parse';

/** The cost of a hop through Kafka alone. */
export const rawKafka: Benchmark = {
  name: 'raw-kafka',
  async run(context) {
    try {
      await using kafka = await startKafka();
      const client = kafkaClient(kafka.brokers);
      const parts = [thisProcess('client'), ...kafka.parts];
      const work = { client, parts, events: context.isQuick ? 10_000 : 100_000, brokers: kafka.brokers };
      const about = 'One topic of 4 partitions, `acks=-1`, one send after another; client and broker included.';
      return { title, about, rates: await measure(context, work), remarks: kafka.remarks };
    } catch (error) {
      if (error instanceof NoKafka) return { title, about: '', missing: error.message };
      throw error;
    }
  },
};

interface Work {
  readonly client: Kafka;
  readonly parts: readonly Part[];
  readonly events: number;
  readonly brokers: readonly string[];
}

/** Each run produces into a new topic, and consumes from it. */
async function measure(context: Context, work: Work): Promise<Rate[]> {
  const consumed: Run[] = [];
  const produced = await repeat(context, { what: rawProduce }, async (run) => {
    const topic = `raw-${run}`;
    const admin = work.client.admin();
    await admin.createTopics({ topics: [{ topic, numPartitions: 4 }] });
    await admin.disconnect();
    const result = await produce(work.client.producer(), topic, work);
    consumed.push(await consume(work.client.consumer({ groupId: topic }), topic, work));
    return result;
  });
  await emptyKafka(work.brokers);
  return [produced, { what: rawConsume, runs: consumed }];
}

async function produce(producer: Producer, topic: string, { parts, events }: Work): Promise<Run> {
  const next = eventSource(1);
  const values = Array.from({ length: events }, () => JSON.parse(next()) as object);
  await producer.connect();
  const read = stopwatch(parts);
  for (let from = 0; from < events; from += eachSend) {
    const some = values.slice(from, from + eachSend);
    const messages = some.map((value, index) => ({
      key: `c-${(from + index) % customers}`,
      value: JSON.stringify(value),
    }));
    await producer.send({ topic, messages, acks: -1 });
  }
  const elapsed = read();
  await producer.disconnect();
  return { events, ...elapsed };
}

async function consume(consumer: Consumer, topic: string, { parts, events }: Work): Promise<Run> {
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let left = events;
  const done = Promise.withResolvers<void>();
  // The measurement starts after the first batch, to exclude the time to join the group.
  let counted = 0;
  let read: (() => Omit<Run, 'events'>) | undefined;
  await consumer.run({
    eachBatch: async ({ batch }) => {
      for (const { value } of batch.messages) JSON.parse(value!.toString());
      left -= batch.messages.length;
      if (read) counted += batch.messages.length;
      else read = stopwatch(parts);
      if (left <= 0) done.resolve();
    },
  });
  await done.promise;
  const elapsed = read!();
  await consumer.disconnect();
  return { events: counted, ...elapsed };
}
