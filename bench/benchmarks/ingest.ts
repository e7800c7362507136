import type { Benchmark, Context } from '../benchmark.ts';
import { untilDone } from '../load/follow.ts';
import { sendAtPace } from '../load/pace.ts';
import { requestsOf, type Target } from '../load/requests.ts';
import { type Shape, shapes } from '../load/shapes.ts';
import { peakMb } from '../measure/process-tree.ts';
import type { Rate } from '../measure/rate.ts';
import type { Reading } from '../measure/reading.ts';
import { repeat, repeatInTurns, repeatReadings } from '../measure/repeat.ts';
import { quantile } from '../measure/statistics.ts';
import { type Part, processes } from '../measure/stopwatch.ts';
import { startFastify } from '../system/fastify.ts';
import { emptyKafka, NoKafka, startKafka } from '../system/kafka.ts';
import { startPostgres } from '../system/postgres.ts';
import { startIngest, startStandalone } from '../system/server.ts';
import { eventsOf, measured, warmAndMeasured } from './ingest-run.ts';
import { rawProduce } from './raw-kafka.ts';

const pace = 500;

/** From the request to the response 200, which confirms that the event is stored. */
export const ingest: Benchmark = {
  name: 'ingest',
  async run(context) {
    const single = await comparedWithFastify(context, shapes.single, 0.4);
    const batched = await comparedWithFastify(context, shapes.batched);
    return {
      title: 'Ingest',
      about,
      rates: [
        ...single.rates,
        await inStandalone(context, shapes.single),
        ...batched.rates,
        await inStandalone(context, shapes.batched),
      ],
      readings: [
        { what: 'apps/ingest, largest resident set', unit: 'MB', values: [single.peak, batched.peak], target: 250 },
        ...(await atPace(context)),
      ],
    };
  },
};

const about = `Until the response, on new data folders. Fastify alone parses the same bodies and responds. \`apps/ingest\` with its Postgres is the
cost of ingest. These two are warm and measured alternately, for some seconds each. The standalone process runs the later stages at the
same time: its speed is that for a sender, and its CPU includes the later stages. Then one event per request at ${pace} requests/s to
\`apps/ingest\`, from the scheduled instant of each request until its response.`;

/** The same with the stream on Kafka: Postgres is used only for keys. */
export const ingestKafka: Benchmark = {
  name: 'ingest-kafka',
  async run(context) {
    const title = 'Ingest, stream on Kafka';
    try {
      await using kafka = await startKafka();
      const rate = { what: 'apps/ingest on Kafka, 20 events per request', against: rawProduce, minRatio: 0.5 };
      const produced = await repeat(context, rate, async (run) => {
        await emptyKafka(kafka.brokers);
        await using postgres = await startPostgres();
        await using server = await startIngest(context, postgres.url, kafka.brokers);
        const parts = [processes('server', server.pid), postgres.part, ...kafka.parts];
        return await warmAndMeasured({ target: server, parts }, shapes.batched, {
          events: eventsOf(shapes.batched, context),
          run,
        });
      });
      return { title, about: 'Until the response, over 16 connections.', rates: [produced], remarks: kafka.remarks };
    } catch (error) {
      if (error instanceof NoKafka) return { title, about: '', missing: error.message };
      throw error;
    }
  },
};

/** The number of short turns in one run. */
const turnsOfRun = 3;

async function comparedWithFastify(
  context: Context,
  shape: Shape,
  minRatio?: number,
): Promise<{ readonly rates: readonly Rate[]; readonly peak: number }> {
  await using fastify = await startFastify();
  await using postgres = await startPostgres();
  await using server = await startIngest(context, postgres.url);
  const events = eventsOf(shape, context);
  const baseline = { port: fastify.port, writeKey: 'not-used' };
  for (const target of [baseline, server]) await measured({ target, parts: [] }, shape, { events, run: 0 });
  const turn = (target: Target, parts: readonly Part[]) => (run: number) =>
    measured({ target, parts }, shape, { events: events / turnsOfRun, run });
  const rates = await repeatInTurns({ ...context, runs: context.runs * turnsOfRun }, [
    { rate: { what: nameOf(shape) }, once: turn(baseline, [fastify.part]) },
    {
      rate: { ...rateOf('apps/ingest', shape), ...(minRatio && { minRatio }) },
      once: turn(server, [processes('server', server.pid), postgres.part]),
    },
  ]);
  return { rates, peak: peakMb(server.pid) };
}

function inStandalone(context: Context, shape: Shape): Promise<Rate> {
  return repeat(context, rateOf('standalone', shape), async (run) => {
    await using server = await startStandalone(context);
    const events = eventsOf(shape, context);
    const result = await warmAndMeasured({ target: server, parts: server.parts }, shape, { events, run });
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
    { what: `one event at ${pace} requests/s, p99`, unit: 'ms', values: p99, target: 50 },
  ];
}

const sizeOf = ({ eachRequest }: Shape) =>
  eachRequest === 1 ? '1 event per request' : `${eachRequest} events per request`;
const nameOf = (shape: Shape) => `Fastify, ${sizeOf(shape)}`;
const rateOf = (where: string, shape: Shape) => ({ what: `${where}, ${sizeOf(shape)}`, against: nameOf(shape) });
