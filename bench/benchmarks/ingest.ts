import type { Benchmark, Context } from '../benchmark.ts';
import { untilDone } from '../load/follow.ts';
import { requestsOf, type Target } from '../load/requests.ts';
import { sendAll } from '../load/send.ts';
import type { Rate, Run } from '../measure/rate.ts';
import { repeat } from '../measure/repeat.ts';
import { type Part, processes, stopwatch } from '../measure/stopwatch.ts';
import { startPostgres } from '../system/postgres.ts';
import { startIngest, startStandalone } from '../system/server.ts';
import { nameOf } from './raw-fastify.ts';

interface Shape {
  readonly eachRequest: number;
  readonly events: number;
  readonly connections: number;
}

/** Enough connections that the server always has something to do. */
const shapes: readonly Shape[] = [
  { eachRequest: 1, events: 30_000, connections: 64 },
  { eachRequest: 20, events: 100_000, connections: 16 },
];

/** From the request to the 200 that means "kept". */
export const ingest: Benchmark = {
  name: 'ingest',
  async run(context) {
    const rates: Rate[] = [];
    for (const shape of shapes) {
      const scaled = { ...shape, events: context.isQuick ? shape.events / 10 : shape.events };
      rates.push(await alone(context, scaled), await inStandalone(context, scaled));
    }
    return { title: 'Ingest', about, rates };
  },
};

const about = `Until the answer, on new data folders. \`apps/ingest\` with its Postgres is what ingest costs. The standalone process
works on the later stages at the same time: its figures are what a sender sees, and its CPU holds what the later stages did meanwhile.`;

function alone(context: Context, shape: Shape): Promise<Rate> {
  return repeat(context, rateOf('apps/ingest', shape), async (run) => {
    await using postgres = await startPostgres();
    await using server = await startIngest(context, postgres.url);
    const parts = [processes('server', server.pid), postgres.part];
    return await sendMeasured({ target: server, parts }, shape, run);
  });
}

function inStandalone(context: Context, shape: Shape): Promise<Rate> {
  return repeat(context, rateOf('standalone', shape), async (run) => {
    await using server = await startStandalone(context);
    const result = await sendMeasured({ target: server, parts: server.parts }, shape, run);
    await untilDone(server, shape.events + shape.events / 10);
    return result;
  });
}

function rateOf(where: string, { eachRequest }: Shape) {
  const size = eachRequest === 1 ? '1 event a request' : `${eachRequest} events a request`;
  return { what: `${where}, ${size}`, against: nameOf(eachRequest) };
}

async function sendMeasured(
  { target, parts }: { target: Target; parts: readonly Part[] },
  { eachRequest, events, connections }: Shape,
  run: number,
): Promise<Run> {
  const warm = requestsOf(target, { events: events / 10, eachRequest, seed: 0 });
  const requests = requestsOf(target, { events, eachRequest, seed: run });
  await sendAll(target.port, warm, connections);
  const read = stopwatch(parts);
  await sendAll(target.port, requests, connections);
  return { events, ...read() };
}
