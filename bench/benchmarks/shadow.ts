import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, Context } from '../benchmark.ts';
import { beside, type Load } from '../load/beside.ts';
import { makeKnown } from '../load/known-customers.ts';
import { readAgainBy, removeShadow, startShadow, untilReadAgain, untilReported } from '../load/shadow.ts';
import type { GrownSize } from '../load/grown/load.ts';
import { median } from '../measure/statistics.ts';
import type { Run } from '../measure/rate.ts';
import { stopwatch } from '../measure/stopwatch.ts';
import { type Server, startStandalone } from '../system/server.ts';
import { makeGrownFolder } from './pipeline-grown.ts';

const eachSecond = 1_000;
const sizes: Readonly<Record<'full' | 'quick', GrownSize>> = {
  full: { customers: 100_000, activities: 1_000_000, months: 10 },
  quick: { customers: 5_000, activities: 50_000, months: 10 },
};

const about = `The history of 100,000 customers with 1,000,000 activities, as on grown data, is read again under a draft that differs from the live model in one weight.
Alone: until all activities were read, and until the report of the differences is there; CPU per activity that was read. Then beside ${eachSecond} activities/s of these customers,
20 per request: the activities that were read per second, and the p99 of the others from the scheduled instant of a request until its response, without and with the shadow.`;

/** Reading the history again under another model. */
export const shadow: Benchmark = {
  name: 'shadow',
  async run(context) {
    const size = sizes[context.isQuick ? 'quick' : 'full'];
    await using grown = await makeGrownFolder(context, size);
    const results: Result[] = [];
    for (let run = 1; run <= context.runs; run += 1) {
      const result = await runOnce(context, grown.path, size, run);
      const { alone, ...readings } = result;
      context.log(
        `  ${run} of ${context.runs}: ${Math.round(alone.events / alone.seconds)} activities/s alone, ${JSON.stringify(readings)}`,
      );
      results.push(result);
    }
    const of = (name: Exclude<keyof Result, 'alone'>) => results.map((result) => result[name]);
    const p99 = { without: of('p99Without'), with: of('p99With') };
    return {
      title: `History read again under a draft`,
      about,
      rates: [{ what: 'shadow alone', runs: results.map(({ alone }) => alone), minPerSecond: 30_000 }],
      readings: [
        { what: 'alone, until the report is there', unit: 's', values: of('reportSeconds') },
        { what: `activities read beside ${eachSecond}/s`, unit: 'per second', values: of('besidePerSecond') },
        { what: 'request of others to response, p99, without', unit: 'ms', values: p99.without },
        { what: 'request of others to response, p99, with', unit: 'ms', values: p99.with },
        {
          what: 'p99 with, divided by p99 without',
          unit: 'times',
          values: [median(p99.with) / median(p99.without)],
          target: 2,
        },
        { what: 'others, until all are decided, without', unit: 'ms', values: of('lagWithout') },
        { what: 'others, until all are decided, with', unit: 'ms', values: of('lagWith') },
      ],
    };
  },
};

interface Result {
  readonly alone: Run;
  readonly reportSeconds: number;
  readonly besidePerSecond: number;
  readonly p99Without: number;
  readonly p99With: number;
  readonly lagWithout: number;
  readonly lagWith: number;
}

async function runOnce(context: Context, copyOf: string, size: GrownSize, seed: number): Promise<Result> {
  await using server = await startStandalone(context, { copyOf });
  const alone = await readAlone(server, size.activities);
  const { customers } = size;
  await makeKnown(server, customers);
  const load: Load = { eachSecond, seconds: context.isQuick ? 5 : 20, seed, customers };
  const worksMs = (load.seconds - 2) * 1_000;
  const without = await beside(server, load, () => sleep(worksMs));
  const shadowed = await beside(server, { ...load, seed: seed + 1_000 }, () => readFor(server, worksMs));
  return {
    ...alone,
    besidePerSecond: shadowed.result,
    p99Without: without.p99,
    p99With: shadowed.p99,
    lagWithout: without.lag,
    lagWith: shadowed.lag,
  };
}

async function readAlone(server: Server, activities: number): Promise<Pick<Result, 'alone' | 'reportSeconds'>> {
  const [version, started] = ['draft-alone', performance.now()];
  const read = stopwatch(server.parts);
  await startShadow(server, version);
  await untilReadAgain(server, version, activities);
  const alone = { events: activities, ...read() };
  await untilReported(server, version);
  const reportSeconds = (performance.now() - started) / 1_000;
  await removeShadow(server, version);
  return { alone, reportSeconds };
}

/** Resolves to the activities that were read in each second of this time. */
async function readFor(server: Server, ms: number): Promise<number> {
  const [version, started] = ['draft-beside', performance.now()];
  await startShadow(server, version);
  let seen = { activities: 0, at: started };
  while (performance.now() - started < ms) {
    const { activities, state } = await readAgainBy(server, version);
    seen = { activities, at: performance.now() };
    if (state === 'done') break;
    await sleep(100);
  }
  await removeShadow(server, version);
  return (seen.activities * 1_000) / (seen.at - started);
}
