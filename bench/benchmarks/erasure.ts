import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, Context } from '../benchmark.ts';
import { api } from '../load/api.ts';
import { beside } from '../load/beside.ts';
import { newBusyCustomers } from '../load/busy-customers.ts';
import { repeatReadings } from '../measure/repeat.ts';
import { type Server, startStandalone } from '../system/server.ts';

const eachSecond = 2_000;
const timeoutMs = 60_000;

const about = `A customer with 10,000 activities is erased, while the standalone process handles ${eachSecond} activities/s of others, 20 per request. From the
request until its response, and until the receipt says that every service is done. The others: as in the chapter on merges.`;

/** Erasing a customer with a long history, beside the pipeline. */
export const erasure: Benchmark = {
  name: 'erasure',
  async run(context) {
    await using server = await startStandalone(context);
    const values = await repeatReadings(context, (run) => runOnce(context, server, run));
    return {
      title: 'Erasure of a customer with 10,000 activities',
      about,
      readings: [
        { what: 'until the response', unit: 'ms', values: values.accepted },
        { what: 'until every service is done', unit: 'ms', values: values.done, target: 5_000 },
        { what: 'request of others to response, p99', unit: 'ms', values: values.p99 },
        { what: 'others, until all are decided', unit: 'ms', values: values.lag },
      ],
    };
  },
};

async function runOnce(context: Context, server: Server, run: number) {
  const activities = context.isQuick ? 500 : 10_000;
  const [customerId] = (await newBusyCustomers(server, [`erased-${run}`], activities)) as [string];
  const { result, p99, lag } = await beside(server, { eachSecond, seconds: 8, seed: run }, () =>
    erase(server, customerId),
  );
  return { ...result, p99, lag };
}

async function erase(server: Server, customerId: string) {
  const started = performance.now();
  const { status, body } = await api(server, `POST /api/v1/customers/${customerId}/erasure`, { confirm: true });
  if (status !== 202) throw new Error(`The erasure was answered with ${status}.`);
  const accepted = performance.now() - started;
  while (performance.now() - started < timeoutMs) {
    const receipt = await api(server, `GET /api/v1/erasures/${body.erasureId}`);
    if (receipt.body.status === 'done') return { accepted, done: performance.now() - started };
    await sleep(5);
  }
  throw new Error(`The erasure is not done after ${timeoutMs} ms.`);
}
