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
import { giuliasBadDay, marcosRefund } from './shop/cast.ts';
import { type Shop, simulate } from './shop/simulate.ts';
import type { Scores } from './story/answers.ts';
import { legend } from './story/channels.ts';
import { paint } from './story/paint.ts';
import { type GiuliasDay, tellGiulia } from './story/tell-giulia.ts';
import { tellMarco } from './story/tell-marco.ts';

const patienceMs = 10_000;

/** Plays a simulated shop against the target and tells two stories from it. Throws `Fault`. */
export async function demo(target: Target, { seed, shoppers }: Options, line: StatusLine): Promise<void> {
  const startedAt = Date.now();
  const before = await readStats(target);
  const shop = simulate({ run: startedAt.toString(36), seed, shoppers, now: startedAt });
  sayWhatComes(target, { seed, shoppers }, line);
  await playPast(target, shop, line);
  await playToday(target, shop, line);
  const day = await playGiulia(target, shop);
  const marcosId = await playMarco(target, shop);
  for (const text of ['', ...(await tellGiulia(target, day)), '', ...(await tellMarco(target, marcosId))])
    line.say(text);
  sayTotals(before, await readStats(target), startedAt, line);
  sayWhere(target, day.customerId, line);
}

function sayWhatComes({ url }: Target, { seed, shoppers }: Options, line: StatusLine): void {
  line.say(
    `${paint('bold', 'Bottega Aurora')}, a shop that does not exist: ${shoppers} invented people, eight weeks and a day.`,
  );
  line.say(paint('dim', `All of it goes through ${url}/v1/batch, as SDKs would send it. Seed ${seed}.`));
  line.say(`\n${' '.repeat(29)}${legend()}`);
}

/** Giulia's phone listens, her bad day comes, and the clock runs until the offer is there. */
async function playGiulia(target: Target, { giulia, dice }: Shop): Promise<GiuliasDay> {
  const customerId = await findCustomer(target, giulia);
  const before = await readApi<Scores>(target, `/api/v1/customers/${customerId}/scores`);
  const { first } = await listen(target, customerId, patienceMs);
  const now = Date.now();
  await send(target, giuliasBadDay(giulia, now, dice));
  const offer = await first;
  const tookMs = Date.now() - now;
  await drained(target, { pollMs: 60 });
  return { customerId, before, offer, tookMs, now };
}

async function playMarco(target: Target, { marco, dice }: Shop): Promise<string> {
  await send(target, marcosRefund(marco, Date.now(), dice));
  await drained(target, { pollMs: 60 });
  return findCustomer(target, marco);
}

function sayTotals(before: Stats, after: Stats, startedAt: number, line: StatusLine): void {
  const grown = (name: Exclude<keyof Stats, 'lag'>) => count((after[name] ?? 0) - (before[name] ?? 0));
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  line.say(
    `\n${grown('activities')} activities of ${grown('customers')} customers (one on each device until they sign in), ${grown('evidence')} of them evidence; ` +
      `${grown('decisions')} decisions, ${grown('offers')} offers in all. ${seconds} s.`,
  );
  line.say(
    paint('dim', 'Every customer, every number and every text of this is invented. Run it again: other people come.'),
  );
}

function sayWhere({ url, apiKey }: Target, customerId: string, line: StatusLine): void {
  line.say('\nLook on by yourself, for example at everything that Giulia did:');
  line.say(`  curl -s ${url}/api/v1/customers/${customerId}/timeline -H 'authorization: Bearer ${apiKey}'`);
}
