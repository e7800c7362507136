import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, Context } from '../benchmark.ts';
import { untilDone } from '../load/follow.ts';
import { sendAtPace } from '../load/pace.ts';
import { brokenPromiseRequest, missingAfter, newListeners } from '../load/promises.ts';
import { requestsOf } from '../load/requests.ts';
import { sendAll } from '../load/send.ts';
import { repeatReadings } from '../measure/repeat.ts';
import { median, sum } from '../measure/statistics.ts';
import { stopwatch } from '../measure/stopwatch.ts';
import { type Server, startStandalone } from '../system/server.ts';

const settleMs = 5_000;
const warmUpEvents = 2_000;

const about = `The standalone process after ${warmUpEvents} events and some idle seconds: CPU over 20 s. Then one event per second, so that each
event arrives at an idle system. It is measured as in the chapter on latency, from event to offer.`;

/** The CPU of an idle system, and its latency. */
export const idle: Benchmark = {
  name: 'idle',
  async run(context) {
    await using server = await startStandalone(context);
    await sendAll(server.port, requestsOf(server, { events: warmUpEvents, eachRequest: 20, seed: 1 }), 4);
    await untilDone(server, warmUpEvents);
    await sleep(settleMs);
    const cpu = await repeatReadings(context, () => measureIdle(context, server));
    let sent = warmUpEvents;
    const wake = await repeatReadings(context, async () => {
      const { latencies, count } = await measureWake(context, server, sent);
      await untilDone(server, (sent += count * 2));
      await sleep(settleMs);
      return { p50: median(latencies), max: Math.max(...latencies) };
    });
    return {
      title: 'Idle',
      about,
      readings: [
        { what: 'idle CPU, server and Postgres', unit: '% of a core', values: cpu.total, target: 2 },
        { what: 'of which Postgres', unit: '% of a core', values: cpu.postgres },
        { what: 'one event per second to offer, p50', unit: 'ms', values: wake.p50, target: 40 },
        { what: 'one event per second to offer, longest', unit: 'ms', values: wake.max },
      ],
    };
  },
};

async function measureIdle({ isQuick }: Context, { parts }: Server) {
  const read = stopwatch(parts);
  await sleep(isQuick ? 5_000 : 20_000);
  const { seconds, cpuMs } = read();
  const share = (ms: number) => ms / (seconds * 10);
  return { total: share(sum(Object.values(cpuMs))), postgres: share(cpuMs['Postgres']!) };
}

async function measureWake({ isQuick }: Context, server: Server, sent: number) {
  const count = isQuick ? 5 : 20;
  const listeners = await newListeners(server, count, sent);
  await sleep(settleMs);
  const requests = listeners.map(({ userId }) => brokenPromiseRequest(server, userId));
  const due = (await sendAtPace(server.port, requests, 1)).map(({ dueAt }) => dueAt);
  await missingAfter(listeners, 1);
  const latencies = listeners.map(({ arrivals }, index) => arrivals[0]! - due[index]!);
  for (const listener of listeners) listener.close();
  return { latencies, count };
}
