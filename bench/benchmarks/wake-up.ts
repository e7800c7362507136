import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, dataSourceOf } from '@sestante/postgres';
import { done, kafkaStream, postgresStream, type Stream, streamMigrations } from '@sestante/streaming';
import type { Benchmark, Context } from '../benchmark.ts';
import type { Reading } from '../measure/reading.ts';
import { repeatReadings } from '../measure/repeat.ts';
import { quantile } from '../measure/statistics.ts';
import { NoKafka, startKafka } from '../system/kafka.ts';
import { owned, type Owned } from '../system/cleanup.ts';
import { startPostgres } from '../system/postgres.ts';

const about = `The stream alone: one message every 150 ms to an idle group, from the call of \`publish\` (which commits it) until the call
of its handler. "Another process" is simulated by a reader that shares only the server with the publisher.`;

/** From publish to handler in an idle system. */
export const wakeUp: Benchmark = {
  name: 'wake-up',
  async run(context) {
    const readings = await onPostgres(context);
    try {
      return { title: 'Publish to handler', about, readings: [...readings, ...(await onKafka(context))] };
    } catch (error) {
      if (error instanceof NoKafka) return { title: 'Publish to handler', about, readings, remarks: [error.message] };
      throw error;
    }
  },
};

async function onPostgres(context: Context): Promise<Reading[]> {
  await using postgres = await startPostgres();
  await using near = await openStream(postgres.url);
  await using far = await openStream(postgres.url);
  const within = await measure(context, near.stream, near.stream);
  const between = await measure(context, near.stream, far.stream);
  return [...readingsOf('Postgres, same process', within), ...readingsOf('Postgres, another process', between)];
}

async function onKafka(context: Context): Promise<Reading[]> {
  await using kafka = await startKafka();
  const stream = kafkaStream({ brokers: kafka.brokers, clientId: 'bench' });
  await using _open = owned({}, () => stream.close());
  return readingsOf('Kafka', await measure(context, stream, stream));
}

async function openStream(url: string): Promise<{ readonly stream: Stream } & Owned> {
  const dataSource = dataSourceOf({ url, schema: 'stream', migrations: streamMigrations });
  await connect(dataSource, 'stream');
  const stream = postgresStream({ dataSource });
  return owned({ stream }, async () => {
    await stream.close();
    await dataSource.destroy();
  });
}

async function measure(context: Context, publisher: Stream, reader: Stream) {
  const topic = `wake-up-${randomUUID()}`;
  await publisher.prepare([{ name: topic, partitions: 4 }]);
  const latencies: number[] = [];
  await reader.subscribe({
    topic,
    group: topic,
    handler: async (batch) => {
      for (const { value } of batch) latencies.push(performance.now() - Number(value));
      return batch.map(() => done);
    },
  });
  await sleep(2_000);
  return repeatReadings(context, async () => {
    latencies.length = 0;
    for (let count = 0; count < (context.isQuick ? 20 : 100); count += 1) {
      await publisher.publish(topic, [{ key: `key-${count}`, value: String(performance.now()), headers: {} }]);
      await sleep(150);
    }
    return { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
  });
}

function readingsOf(what: string, { p50, p99 }: Record<'p50' | 'p99', number[]>): Reading[] {
  return [
    { what: `${what}, p50`, unit: 'ms', values: p50, target: 10 },
    { what: `${what}, p99`, unit: 'ms', values: p99 },
  ];
}
