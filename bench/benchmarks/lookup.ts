import type { Benchmark } from '../benchmark.ts';
import { getRequest } from '../load/api.ts';
import { beside } from '../load/beside.ts';
import { customers } from '../load/events.ts';
import { makeKnown } from '../load/known-customers.ts';
import { sendAtPace } from '../load/pace.ts';
import { random, whole } from '../load/random.ts';
import { repeatReadings } from '../measure/repeat.ts';
import { quantile } from '../measure/statistics.ts';
import { type Server, startStandalone } from '../system/server.ts';

const [lookups, eachSecond] = [200, 2_000];

const about = `\`GET /api/v1/customers?kind=user_id&value=…\`, ${lookups} per second, while the standalone process handles ${eachSecond} activities/s, 20 per request.
From the scheduled instant of the request until its response. Each look-up is noted in the audit log before it is answered.`;

/** Finding a customer by an identifier, beside the pipeline. */
export const lookup: Benchmark = {
  name: 'lookup',
  async run(context) {
    await using server = await startStandalone(context);
    const seconds = context.isQuick ? 3 : 15;
    await makeKnown(server);
    const values = await repeatReadings(context, async (seed) => {
      const { result } = await beside(server, { eachSecond, seconds: seconds + 2, seed }, () =>
        lookUp(server, seconds, seed),
      );
      return { p50: quantile(result, 0.5), p99: quantile(result, 0.99) };
    });
    return {
      title: `Look-up by identifier, ${lookups}/s beside ${eachSecond} activities/s`,
      about,
      readings: [
        { what: 'p50', unit: 'ms', values: values.p50 },
        { what: 'p99', unit: 'ms', values: values.p99, target: 5 },
      ],
    };
  },
};

/** Resolves to the waits, in milliseconds. */
async function lookUp(server: Server, seconds: number, seed: number): Promise<number[]> {
  const choose = random(seed);
  const requests = Array.from({ length: lookups * seconds }, () =>
    getRequest(server, `/api/v1/customers?kind=user_id&value=customer-${whole(choose, 1, customers)}`),
  );
  const sent = await sendAtPace(server.port, requests, lookups);
  return sent.map(({ dueAt, answeredAt }) => answeredAt - dueAt);
}
