import type { Benchmark, Context } from '../benchmark.ts';
import { follow } from '../load/follow.ts';
import { sendAtPace } from '../load/pace.ts';
import { requestsOf } from '../load/requests.ts';
import { sendAll } from '../load/send.ts';
import { shapes } from '../load/shapes.ts';
import type { Run } from '../measure/rate.ts';
import { repeat } from '../measure/repeat.ts';
import { quantile } from '../measure/statistics.ts';
import { stopwatch } from '../measure/stopwatch.ts';
import { type Server, startStandalone } from '../system/server.ts';
import { warmUpEvents } from './saturated.ts';

const { eachRequest, connections } = shapes.batched;
const share = 0.7;

const about = `All four stages in the standalone process below their limit, as in production. After the warm-up, 30,000 events are sent as fast as
possible, to measure the limit of this process. Then ${share * 100} % of that rate for 10 s, ${eachRequest} events per request, each request at its
scheduled instant. From there until its response; CPU until all events are decided. The lag is the share of the events that are not
decided when the last one has been accepted: it stays small if the stages keep up.`;

/** All stages at a rate that they can sustain. */
export const pipelinePaced: Benchmark = {
  name: 'pipeline-paced',
  async run(context) {
    const [p50, p99, lag]: number[][] = [[], [], []];
    const rate = { what: `standalone at ${share * 100} % of its limit` };
    const measured = await repeat(context, rate, async (seed) => {
      const { run, waits, left } = await runOnce(context, seed);
      p50!.push(quantile(waits, 0.5));
      p99!.push(quantile(waits, 0.99));
      lag!.push((left / run.events) * 100);
      return run;
    });
    return {
      title: `All four stages at ${share * 100} % of their limit`,
      about,
      rates: [measured],
      readings: [
        { what: 'request to response, p50', unit: 'ms', values: p50! },
        { what: 'request to response, p99', unit: 'ms', values: p99! },
        { what: 'lag at the end', unit: '% of the events', values: lag!, target: 10 },
      ],
    };
  },
};

async function runOnce(context: Context, seed: number) {
  await using server = await startStandalone(context);
  const [warmUp, probe, seconds] = [warmUpEvents(context), context.isQuick ? 5_000 : 30_000, context.isQuick ? 2 : 10];
  await saturate(server, warmUp);
  const limit = await saturate(server, probe);
  const eachSecond = (limit * share) / eachRequest;
  const requests = Math.round(eachSecond * seconds);
  return await paced(server, { events: requests * eachRequest, eachSecond, seed });
}

/** Sends events as fast as possible. Resolves to the events/s at which all stages have handled them. */
async function saturate(server: Server, events: number): Promise<number> {
  const requests = requestsOf(server, { events, eachRequest, seed: 0 });
  const progress = await follow(server);
  const started = performance.now();
  await sendAll(server.port, requests, connections);
  await progress.until(events);
  return (events * 1_000) / (performance.now() - started);
}

interface Pace {
  readonly events: number;
  /** Requests. */
  readonly eachSecond: number;
  readonly seed: number;
}

async function paced(server: Server, { events, eachSecond, seed }: Pace) {
  const requests = requestsOf(server, { events, eachRequest, seed });
  const progress = await follow(server);
  const read = stopwatch(server.parts);
  const sent = await sendAtPace(server.port, requests, eachSecond);
  const left = events - (await progress.handled());
  await progress.until(events);
  const run: Run = { events, ...read() };
  return { run, left, waits: sent.map(({ dueAt, answeredAt }) => answeredAt - dueAt) };
}
