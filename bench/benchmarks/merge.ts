import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, Context } from '../benchmark.ts';
import { api } from '../load/api.ts';
import { beside } from '../load/beside.ts';
import { newBusyCustomers } from '../load/busy-customers.ts';
import { repeatReadings } from '../measure/repeat.ts';
import { type Server, startStandalone } from '../system/server.ts';

const eachSecond = 2_000;
const timeoutMs = 30_000;

const about = `Two customers with 10,000 activities each are merged by hand, while the standalone process handles ${eachSecond} activities/s of others, 20 per request. From the
request until its response, and until the former id answers with the scores of both. Then the same for the end of the merge. The others: from the scheduled instant
of a request until its response, and from the last response until all events are decided.`;

/** Merging two customers with a long history, beside the pipeline. */
export const merge: Benchmark = {
  name: 'merge',
  async run(context) {
    await using server = await startStandalone(context);
    const values = await repeatReadings(context, (run) => runOnce(context, server, run));
    return {
      title: 'Merge of two customers with 10,000 activities each',
      about,
      readings: [
        { what: 'merge, until the response', unit: 'ms', values: values.merge, target: 1_000 },
        { what: 'merge, until scoring follows', unit: 'ms', values: values.followed, target: 1_000 },
        { what: 'unmerge, until the response', unit: 'ms', values: values.unmerge, target: 1_000 },
        { what: 'request of others to response, p99', unit: 'ms', values: values.p99 },
        { what: 'others, until all are decided', unit: 'ms', values: values.lag },
      ],
    };
  },
};

async function runOnce(context: Context, server: Server, run: number) {
  const activities = context.isQuick ? 500 : 10_000;
  const names = ['one', 'other'].map((name) => `merged-${run}-${name}`);
  const [one, other] = (await newBusyCustomers(server, names, activities)) as [string, string];
  const { result, p99, lag } = await beside(server, { eachSecond, seconds: 6, seed: run }, () =>
    mergeAndUnmerge(server, one, other),
  );
  return { ...result, p99, lag };
}

async function mergeAndUnmerge(server: Server, one: string, other: string) {
  const started = performance.now();
  const merged = await api(server, `POST /api/v1/customers/${one}/merges`, {
    customerId: other,
    reason: 'a benchmark',
  });
  if (merged.status !== 201) throw new Error(`The merge was answered with ${merged.status}.`);
  const answered = performance.now();
  const former = merged.body.customerId === one ? other : one;
  await untilScoresAreOf(server, former, merged.body.customerId as string);
  const followed = performance.now();
  const unmerged = await api(server, `DELETE /api/v1/customers/${one}/merges/${merged.body.mergeId}`);
  if (unmerged.status !== 200) throw new Error(`The unmerge was answered with ${unmerged.status}.`);
  const ended = performance.now();
  return { merge: answered - started, followed: followed - started, unmerge: ended - followed };
}

async function untilScoresAreOf(server: Server, asked: string, customerId: string): Promise<void> {
  for (const started = performance.now(); performance.now() - started < timeoutMs; await sleep(5)) {
    const { body } = await api(server, `GET /api/v1/customers/${asked}/scores`);
    if (body.customerId === customerId) return;
  }
  throw new Error(`The scores of the former id are not those of the merged customer after ${timeoutMs} ms.`);
}
