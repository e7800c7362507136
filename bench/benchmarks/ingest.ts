import type { Benchmark, Context } from '../benchmark.ts';
import { untilDone } from '../load/follow.ts';
import { sendAtPace } from '../load/pace.ts';
import { requestsOf, type Target } from '../load/requests.ts';
import { sendAll } from '../load/send.ts';
import { type Shape, shapes } from '../load/shapes.ts';
import { peakMb } from '../measure/process-tree.ts';
import type { Rate, Run } from '../measure/rate.ts';
import type { Reading } from '../measure/reading.ts';
import { repeat, repeatReadings } from '../measure/repeat.ts';
import { quantile } from '../measure/statistics.ts';
import { type Part, processes, stopwatch } from '../measure/stopwatch.ts';
import { emptyKafka, NoKafka, startKafka } from '../system/kafka.ts';
import { startPostgres } from '../system/postgres.ts';
import { startIngest, startStandalone } from '../system/server.ts';
import { nameOf } from './raw-fastify.ts';
import { rawProduce } from './raw-kafka.ts';

const eventsOf = ({ eachRequest }: Shape, { isQuick }: Context) =>
  (eachRequest === 1 ? 60_000 : 100_000) / (isQuick ? 10 : 1);
const pace = 500;

/** From the request to the 200 that means "kept". */
export const ingest: Benchmark = {
  name: 'ingest',
  async run(context) {
    const peaks: number[] = [];
    return {
      title: 'Ingest',
      about,
      rates: [
        await alone(context, shapes.single, { leastRatio: 0.4, peaks }),
        await inStandalone(context, shapes.single),
        await alone(context, shapes.batched, { peaks }),
        await inStandalone(context, shapes.batched),
      ],
      readings: [
        { what: 'apps/ingest, largest resident set', unit: 'MB', values: peaks, floor: 250 },
        ...(await atPace(context)),
      ],
    };
  },
};

const about = `Until the answer, on new data folders. \`apps/ingest\` with its Postgres is what ingest costs. The standalone process
works on the later stages at the same time: its figures are what a sender sees, and its CPU holds what the later stages did meanwhile.
Then one event a request at ${pace} requests/s to \`apps/ingest\`, from the instant at which each was due until its answer.`;

/** The same with the stream on Kafka: Postgres is asked for keys only. */
export const ingestKafka: Benchmark = {
  name: 'ingest-kafka',
  async run(context) {
    const title = 'Ingest, stream on Kafka';
    try {
      await using kafka = await startKafka();
      const rate = { what: 'apps/ingest on Kafka, 20 events a request', against: rawProduce, leastRatio: 0.5 };
      const measured = await repeat(context, rate, async (run) => {
        await emptyKafka(kafka.brokers);
        await using postgres = await startPostgres();
        await using server = await startIngest(context, postgres.url, kafka.brokers);
        const parts = [processes('server', server.pid), postgres.part, ...kafka.parts];
        return await sendMeasured({ target: server, parts }, shapes.batched, {
          events: eventsOf(shapes.batched, context),
          run,
        });
      });
      return { title, about: 'Until the answer, over 16 connections.', rates: [measured], remarks: kafka.remarks };
    } catch (error) {
      if (error instanceof NoKafka) return { title, about: '', missing: error.message };
      throw error;
    }
  },
};

function alone(
  context: Context,
  shape: Shape,
  { peaks, ...floor }: { peaks: number[]; leastRatio?: number },
): Promise<Rate> {
  return repeat(context, { ...rateOf('apps/ingest', shape), ...floor }, async (run) => {
    await using postgres = await startPostgres();
    await using server = await startIngest(context, postgres.url);
    const parts = [processes('server', server.pid), postgres.part];
    const result = await sendMeasured({ target: server, parts }, shape, { events: eventsOf(shape, context), run });
    peaks.push(peakMb(server.pid));
    return result;
  });
}

function inStandalone(context: Context, shape: Shape): Promise<Rate> {
  return repeat(context, rateOf('standalone', shape), async (run) => {
    await using server = await startStandalone(context);
    const events = eventsOf(shape, context);
    const result = await sendMeasured({ target: server, parts: server.parts }, shape, { events, run });
    await untilDone(server, events + events / 10);
    return result;
  });
}

async function atPace(context: Context): Promise<Reading[]> {
  await using postgres = await startPostgres();
  await using server = await startIngest(context, postgres.url);
  const seconds = context.isQuick ? 2 : 20;
  await sendAtPace(server.port, requestsOf(server, { events: pace * 4, eachRequest: 1, seed: 0 }), pace);
  const { p50, p99 } = await repeatReadings(context, async (run) => {
    const requests = requestsOf(server, { events: pace * seconds, eachRequest: 1, seed: run });
    const sent = await sendAtPace(server.port, requests, pace);
    const waits = sent.map(({ dueAt, answeredAt }) => answeredAt - dueAt);
    return { p50: quantile(waits, 0.5), p99: quantile(waits, 0.99) };
  });
  return [
    { what: `one event at ${pace} requests/s, p50`, unit: 'ms', values: p50 },
    { what: `one event at ${pace} requests/s, p99`, unit: 'ms', values: p99, floor: 50 },
  ];
}

function rateOf(where: string, { eachRequest }: Shape) {
  const size = eachRequest === 1 ? '1 event a request' : `${eachRequest} events a request`;
  return { what: `${where}, ${size}`, against: nameOf(eachRequest) };
}

async function sendMeasured(
  { target, parts }: { target: Target; parts: readonly Part[] },
  { eachRequest, connections }: Shape,
  { events, run }: { events: number; run: number },
): Promise<Run> {
  const warm = requestsOf(target, { events: events / 10, eachRequest, seed: 0 });
  const requests = requestsOf(target, { events, eachRequest, seed: run });
  await sendAll(target.port, warm, connections);
  const read = stopwatch(parts);
  await sendAll(target.port, requests, connections);
  return { events, ...read() };
}
