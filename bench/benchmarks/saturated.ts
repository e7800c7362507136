import type { Context, Section } from '../benchmark.ts';
import { follow, untilDone } from '../load/follow.ts';
import { type LoadOptions, requestsOf } from '../load/requests.ts';
import { sendAll } from '../load/send.ts';
import type { Stats } from '../load/stats.ts';
import { peakMb } from '../measure/process-tree.ts';
import type { Rate, Run } from '../measure/rate.ts';
import { repeat } from '../measure/repeat.ts';
import { stopwatch } from '../measure/stopwatch.ts';
import { type Broker, emptyKafka } from '../system/kafka.ts';
import { type ServerOptions, startStandalone } from '../system/server.ts';

const eachRequest = 200;
const connections = 4;

/** The number of events before a measurement of all stages. Fewer leave compilation and new connections in the measurement. */
export const warmUpEvents = ({ isQuick }: Context): number => (isQuick ? 5_000 : 50_000);

/** What all stages run on. */
export interface Setting {
  readonly kafka?: Broker;
  readonly options?: ServerOptions;
  /** The number of customers in the events. */
  readonly customers?: number;
  /** The number of activities in the data folder. */
  readonly stored?: number;
}

export const aboutSaturated = `${eachRequest} events per request over ${connections} connections, from the first request until every event is in
the timeline, scored, and decided. Each run has a new process and a warm-up of 50,000 events.`;

/** The chapter about all stages under more load than they can handle. */
export async function saturatedSection(
  context: Context,
  { title, about }: Pick<Section, 'title' | 'about'>,
  rate: Omit<Rate, 'runs'>,
  setting: Setting = {},
): Promise<Section> {
  const peaksMb: number[] = [];
  let stats: Stats | undefined;
  const measured = await repeat(context, rate, async (seed) => {
    const result = await runOnce(context, setting, seed);
    peaksMb.push(result.peak);
    stats = result.stats;
    return result.run;
  });
  const readings = [{ what: 'server, largest resident set', unit: 'MB' as const, values: peaksMb }];
  return { title, about, rates: [measured], readings, remarks: [inWords(stats!), ...(setting.kafka?.remarks ?? [])] };
}

async function runOnce(
  context: Context,
  { kafka, options = {}, customers, stored }: Setting,
  seed: number,
): Promise<{ readonly run: Run; readonly peak: number; readonly stats: Stats }> {
  if (kafka) await emptyKafka(kafka.brokers);
  await using server = await startStandalone(context, { ...options, ...(kafka && { brokers: kafka.brokers }) });
  const [warmUp, events] = [warmUpEvents(context), context.isQuick ? 10_000 : 100_000];
  const load = (some: Pick<LoadOptions, 'events' | 'seed'>) =>
    requestsOf(server, { ...some, eachRequest, ...(customers && { customers }) });
  const [warm, requests] = [load({ events: warmUp, seed: 0 }), load({ events, seed })];
  const progress = await follow(server);
  await sendAll(server.port, warm, connections);
  await progress.until(warmUp);
  const read = stopwatch([...server.parts, ...(kafka?.parts ?? [])]);
  await sendAll(server.port, requests, connections);
  await progress.until(warmUp + events);
  const run = { events, ...read() };
  const stats = await untilDone(server, warmUp + events, stored);
  return { run, peak: peakMb(server.pid), stats };
}

function inWords({ activities, customers, evidence, decisions, offers }: Stats): string {
  const [total, persons] = [activities, customers].map((count) => count.toLocaleString('en-US'));
  const each = (count: number) => (count / activities).toFixed(2);
  return `At the end: ${persons} customers and ${total} activities, of which scoring keeps ${each(evidence)}, with ${each(decisions)} decisions and ${each(offers)} offers for each.`;
}
