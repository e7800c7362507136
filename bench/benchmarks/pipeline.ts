import type { Benchmark, Context, Section } from '../benchmark.ts';
import { type Stats, untilDone } from '../load/follow.ts';
import { requestsOf } from '../load/requests.ts';
import { sendAll } from '../load/send.ts';
import { peakMb } from '../measure/process-tree.ts';
import { type Rate, type Run } from '../measure/rate.ts';
import { repeat } from '../measure/repeat.ts';
import { type Part, stopwatch } from '../measure/stopwatch.ts';
import { type Broker, emptyKafka, NoKafka, startKafka } from '../system/kafka.ts';
import { startStandalone } from '../system/server.ts';
import { rawProduce } from './raw-kafka.ts';
import { rawInsert } from './raw-postgres.ts';

const eachRequest = 200;
const connections = 4;

const about = `All four stages in the standalone process on a new data folder, ${eachRequest} events per request over ${connections}
connections, from the first request until every event is in the timeline, scored, and decided. A tenth of the events is sent before the
measurement as a warm-up.`;

/** All stages on the embedded default. */
export const pipeline: Benchmark = {
  name: 'pipeline',
  async run(context) {
    const rate = {
      what: 'standalone, stream in Postgres',
      against: rawInsert,
      maxMicros: 185,
    };
    return sectionOf('All four stages, stream in Postgres', await runAll(context, rate));
  },
};

/** The same with the stream on Kafka. */
export const pipelineKafka: Benchmark = {
  name: 'pipeline-kafka',
  async run(context) {
    const title = 'All four stages, stream on Kafka';
    try {
      await using kafka = await startKafka();
      const measured = await runAll(
        context,
        { what: 'standalone, stream on Kafka', against: rawProduce, maxMicros: 330 },
        kafka,
      );
      const section = sectionOf(title, measured);
      return { ...section, remarks: [...section.remarks!, ...kafka.remarks] };
    } catch (error) {
      if (error instanceof NoKafka) return { title, about, missing: error.message };
      throw error;
    }
  },
};

interface Measured {
  readonly rate: Rate;
  readonly peaksMb: readonly number[];
  readonly stats: Stats;
}

async function runAll(context: Context, rate: Omit<Rate, 'runs'>, kafka?: Broker): Promise<Measured> {
  const events = context.isQuick ? 10_000 : 100_000;
  const peaksMb: number[] = [];
  let stats: Stats | undefined;
  const measured = await repeat(context, rate, async (seed) => {
    const result = await runOnce(context, { events, seed }, kafka);
    peaksMb.push(result.peak);
    stats = result.stats;
    return result.run;
  });
  return { rate: measured, peaksMb, stats: stats! };
}

async function runOnce(
  context: Context,
  { events, seed }: { events: number; seed: number },
  kafka?: Broker,
): Promise<{ run: Run; peak: number; stats: Stats }> {
  if (kafka) await emptyKafka(kafka.brokers);
  await using server = await startStandalone(context, kafka ? { brokers: kafka.brokers } : {});
  const warm = requestsOf(server, { events: events / 10, eachRequest, seed: 0 });
  const requests = requestsOf(server, { events, eachRequest, seed });
  await sendAll(server.port, warm, connections);
  await untilDone(server, events / 10);
  const parts: Part[] = [...server.parts, ...(kafka?.parts ?? [])];
  const read = stopwatch(parts);
  await sendAll(server.port, requests, connections);
  const stats = await untilDone(server, events + events / 10);
  return { run: { events, ...read() }, peak: peakMb(server.pid), stats };
}

function sectionOf(title: string, { rate, peaksMb, stats }: Measured): Section {
  const each = (count: number) => (count / stats.activities).toFixed(2);
  const shape = `Per event: ${each(stats.evidence)} pieces of evidence, ${each(stats.decisions)} decisions and ${each(stats.offers)} offers; ${stats.customers} customers.`;
  const readings = [{ what: 'server, largest resident set', unit: 'MB' as const, values: peaksMb }];
  return { title, about, rates: [rate], readings, remarks: [shape] };
}
