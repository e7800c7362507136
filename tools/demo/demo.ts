import { readApi } from '../sestante/read-api.ts';
import { drained, readStats, type Stats } from '../sestante/stats.ts';
import { count, type StatusLine } from '../sestante/status-line.ts';
import type { Target } from '../sestante/target.ts';
import { findCustomer } from './find-customer.ts';
import { listen } from './live-offers.ts';
import type { Options } from './options.ts';
import { playPast } from './play-past.ts';
import { playToday } from './play-today.ts';
import { send } from './send.ts';
import { giuliasBadDay, marcosRefund } from './shop/scripts.ts';
import { type Shop, simulate } from './shop/simulate.ts';
import type { Scores } from './story/answers.ts';
import { legend } from './story/channels.ts';
import { paint } from './story/paint.ts';
import { type GiuliasDay, describeGiulia } from './story/describe-giulia.ts';
import { describeMarco } from './story/describe-marco.ts';

const timeoutMs = 10_000;

/** Runs a simulated shop against the target and describes two of its customers. Throws `Fault`. */
export async function demo(target: Target, { seed, shoppers }: Options, line: StatusLine): Promise<void> {
  const startedAt = Date.now();
  const before = await readStats(target);
  const shop = simulate({ run: startedAt.toString(36), seed, shoppers, now: startedAt });
  printIntroduction(target, { seed, shoppers }, line);
  await playPast(target, shop, line);
  await playToday(target, shop, line);
  const day = await playGiulia(target, shop);
  const marcosId = await playMarco(target, shop);
  for (const text of ['', ...(await describeGiulia(target, day)), '', ...(await describeMarco(target, marcosId))])
    line.print(text);
  printTotals(before, await readStats(target), startedAt, line);
  printNextSteps(target, day.customerId, line);
}

function printIntroduction({ url }: Target, { seed, shoppers }: Options, line: StatusLine): void {
  line.print(
    `${paint('bold', 'Bottega Aurora')}, an invented shop: ${shoppers} invented people, eight weeks and one day.`,
  );
  line.print(paint('dim', `All events are sent to ${url}/v1/batch, as SDKs send them. Seed ${seed}.`));
  line.print(`\n${' '.repeat(29)}${legend()}`);
}

/** Sends Giulia's bad day while her phone is connected to the live stream, and measures the time until the offer arrives. */
async function playGiulia(target: Target, { giulia, random }: Shop): Promise<GiuliasDay> {
  const customerId = await findCustomer(target, giulia);
  const before = await readApi<Scores>(target, `/api/v1/customers/${customerId}/scores`);
  const { first } = await listen(target, customerId, timeoutMs);
  const now = Date.now();
  await send(target, giuliasBadDay(giulia, now, random));
  const offer = await first;
  const tookMs = Date.now() - now;
  await drained(target, { pollMs: 60 });
  return { customerId, before, offer, tookMs, now };
}

async function playMarco(target: Target, { marco, random }: Shop): Promise<string> {
  await send(target, marcosRefund(marco, Date.now(), random));
  await drained(target, { pollMs: 60 });
  return findCustomer(target, marco);
}

function printTotals(before: Stats, after: Stats, startedAt: number, line: StatusLine): void {
  const increase = (name: Exclude<keyof Stats, 'lag'>) => count((after[name] ?? 0) - (before[name] ?? 0));
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  line.print(
    `\n${increase('activities')} activities of ${increase('customers')} customers (one per device until they sign in), ${increase('evidence')} of them scored; ` +
      `${increase('decisions')} decisions, ${increase('offers')} offers in total. ${seconds} s.`,
  );
  line.print(paint('dim', 'Every customer, number and text is invented. Another run has other people.'));
}

function printNextSteps({ url, apiKey }: Target, customerId: string, line: StatusLine): void {
  line.print('\nExplore the data yourself, for example the timeline of Giulia:');
  line.print(`  curl -s ${url}/api/v1/customers/${customerId}/timeline -H 'authorization: Bearer ${apiKey}'`);
}
