import { elements } from '@sestante/engagement';
import type { Benchmark, Context } from '../benchmark.ts';
import { api, getRequest } from '../load/api.ts';
import { beside } from '../load/beside.ts';
import { newBusyCustomers } from '../load/busy-customers.ts';
import { makeKnown } from '../load/known-customers.ts';
import { sendAtPace } from '../load/pace.ts';
import { pick, random } from '../load/random.ts';
import { repeatReadings } from '../measure/repeat.ts';
import { quantile } from '../measure/statistics.ts';
import { type Server, startStandalone } from '../system/server.ts';

const eachSecond = 1_000;
const [activities, days] = [10_000, 300];
/** Requests per second. */
const pace = { explanations: 4, reads: 100 };
const customersRead = 200;

const about = `\`GET /api/v1/customers/…/scores/<element>/explanation\` of four customers with 10,000 activities each in ${days} days, for all elements in turn,
${pace.explanations} per second, while the standalone process handles ${eachSecond} activities/s of others, 20 per request. Then \`GET /api/v1/customers/…/scores\` of
ordinary customers, ${pace.reads} per second. From the scheduled instant of the request until its response. Each reading is noted in the audit log.`;

/** Reading scores and their explanations, beside the pipeline. */
export const scores: Benchmark = {
  name: 'scores',
  async run(context) {
    await using server = await startStandalone(context);
    await makeKnown(server);
    const asked = await routesOf(context, server);
    const values = await repeatReadings(context, (run) => runOnce(context, { server, ...asked }, run));
    return {
      title: `Scores and explanations beside ${eachSecond} activities/s`,
      about,
      readings: [
        { what: 'explanation of 10,000 activities, p50', unit: 'ms', values: values.explanation },
        { what: 'explanation of 10,000 activities, p99', unit: 'ms', values: values.explanationP99, target: 50 },
        { what: 'scores, p50', unit: 'ms', values: values.read },
        { what: 'scores, p99', unit: 'ms', values: values.readP99, target: 5 },
      ],
    };
  },
};

/** The requests of each kind. */
interface Routes {
  readonly explanations: readonly Buffer[];
  readonly reads: readonly Buffer[];
}

async function routesOf({ isQuick }: Context, server: Server): Promise<Routes> {
  const names = ['a', 'b', 'c', 'd'].map((name) => `busy-${name}`);
  const busy = await newBusyCustomers(server, names, isQuick ? 500 : activities, days);
  const known = await someCustomers(server);
  return {
    explanations: busy.flatMap((id) =>
      elements.map((element) => getRequest(server, `/api/v1/customers/${id}/scores/${element}/explanation`)),
    ),
    reads: known.map((id) => getRequest(server, `/api/v1/customers/${id}/scores`)),
  };
}

/** The ids of some of the ordinary customers. Some numbers have not signed in. */
async function someCustomers(server: Server): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; ids.length < customersRead; number += 1) {
    const { body } = await api(server, `GET /api/v1/customers?kind=user_id&value=customer-${number}`);
    ids.push(...(body.items as { customerId: string }[]).map(({ customerId }) => customerId));
  }
  return ids;
}

async function runOnce(context: Context, { server, explanations, reads }: Routes & { server: Server }, run: number) {
  const seconds = context.isQuick ? { explanations: 3, reads: 3 } : { explanations: 40, reads: 15 };
  const load = { eachSecond, seconds: seconds.explanations + seconds.reads + 4, seed: run };
  const { result } = await beside(server, load, async () => {
    const ask = (kind: keyof Routes, from: readonly Buffer[]) =>
      waitsOf(server, requestsFrom(from, pace[kind] * seconds[kind], run), pace[kind]);
    return { explanations: await ask('explanations', explanations), reads: await ask('reads', reads) };
  });
  return {
    explanation: quantile(result.explanations, 0.5),
    explanationP99: quantile(result.explanations, 0.99),
    read: quantile(result.reads, 0.5),
    readP99: quantile(result.reads, 0.99),
  };
}

function requestsFrom(routes: readonly Buffer[], count: number, seed: number): Buffer[] {
  const choose = random(seed);
  return Array.from({ length: count }, () => pick(choose, routes));
}

/** Resolves to the waits, in milliseconds. */
async function waitsOf(server: Server, requests: readonly Buffer[], eachSecond: number): Promise<number[]> {
  const sent = await sendAtPace(server.port, requests, eachSecond);
  return sent.map(({ dueAt, answeredAt }) => answeredAt - dueAt);
}
