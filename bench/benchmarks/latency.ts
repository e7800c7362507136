import type { Benchmark } from '../benchmark.ts';
import { untilDone } from '../load/follow.ts';
import { sendAtPace } from '../load/pace.ts';
import { brokenPromiseRequest, missingAfter, newListeners } from '../load/promises.ts';
import { requestsOf } from '../load/requests.ts';
import { repeatReadings } from '../measure/repeat.ts';
import { quantile } from '../measure/statistics.ts';
import { type Server, startStandalone } from '../system/server.ts';

const eachSecond = 500;
/** One event in five breaks a promise to a listener, and each listener gets two of these events. */
const oneIn = 5;
const each = 2;

const about = `${eachSecond} events/s, one per request. Every fifth event breaks a promise to a listening customer (server-sent events, one connection
each) and so leads to an apology. From the scheduled instant of the request until the last byte of the offer arrives: HTTP, four stages
with three hops through the stream, and the live stream.`;

/** From an event to the offer on the screen of the customer. */
export const latency: Benchmark = {
  name: 'latency',
  async run(context) {
    await using server = await startStandalone(context);
    const seconds = context.isQuick ? 4 : 20;
    let sent = 0;
    let missing = 0;
    const warm = requestsOf(server, { events: eachSecond * 4, eachRequest: 1, seed: 0 });
    await sendAtPace(server.port, warm, eachSecond);
    await untilDone(server, (sent += warm.length));
    const values = await repeatReadings(context, async (run) => {
      const result = await runOnce(server, { seconds, sent, run });
      await untilDone(server, (sent += result.sent));
      missing += result.missing;
      return {
        p50: quantile(result.latencies, 0.5),
        p99: quantile(result.latencies, 0.99),
        max: Math.max(...result.latencies),
      };
    });
    const offers = (context.runs * seconds * eachSecond) / oneIn;
    return {
      title: `Event to offer on the screen, ${eachSecond} events/s`,
      about,
      readings: [
        { what: 'p50', unit: 'ms', values: values.p50, target: 25 },
        { what: 'p99', unit: 'ms', values: values.p99, target: 110 },
        { what: 'longest', unit: 'ms', values: values.max },
      ],
      remarks: [`${offers} offers were expected in all runs, ${missing} of them did not arrive.`],
    };
  },
};

interface Plan {
  readonly seconds: number;
  readonly sent: number;
  readonly run: number;
}

async function runOnce(server: Server, { seconds, sent, run }: Plan) {
  const events = seconds * eachSecond;
  const broken = events / oneIn;
  const listeners = await newListeners(server, broken / each, sent);
  const background = requestsOf(server, { events, eachRequest: 1, seed: run });
  const requests = background.map((request, index) =>
    index % oneIn === 0 ? brokenPromiseRequest(server, listeners[(index / oneIn) % listeners.length]!.userId) : request,
  );
  const answered = await sendAtPace(server.port, requests, eachSecond);
  const missing = await missingAfter(listeners, each);
  const dueOf = (listener: number, offer: number) => answered[(listener + offer * listeners.length) * oneIn]!.dueAt;
  const latencies = listeners.flatMap(({ arrivals }, listener) =>
    arrivals.map((arrivedAt, offer) => arrivedAt - dueOf(listener, offer)),
  );
  for (const listener of listeners) listener.close();
  return { sent: events + listeners.length, latencies, missing };
}
