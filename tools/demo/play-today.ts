import { drained } from '../sestante/stats.ts';
import type { StatusLine } from '../sestante/status-line.ts';
import type { Target } from '../sestante/target.ts';
import { reactionsTo, type OwnedOffer, readOffers } from './answer-offers.ts';
import { send } from './send.ts';
import type { Shop } from './shop/simulate.ts';
import { todayOf } from './shop/today.ts';
import { paint } from './story/paint.ts';
import { spaced } from './story/format.ts';

const most = 24;

/** Sends an activity of some shoppers, reads their offers, and sends their reactions. */
export async function playToday(target: Target, { others, random }: Shop, line: StatusLine): Promise<void> {
  const active = others.slice(0, most);
  line.show('  today …');
  await send(target, todayOf(active, Date.now(), random));
  await drained(target, { pollMs: 60 });
  const offers = await readOffers(target, active);
  await send(target, reactionsTo(offers, Date.now(), random));
  await drained(target, { pollMs: 60 });
  const answered = await readOffers(target, active);
  line.print(`  ${'today'.padStart(12)}  ${active.length} people are active and get ${answered.length} offers:`);
  for (const text of byTemplate(answered)) line.print(`                ${text}`);
}

function byTemplate(offers: readonly OwnedOffer[]): string[] {
  return [...Map.groupBy(offers, ({ offer }) => offer.template)].map(([template, owned]) => {
    const statuses = [...Map.groupBy(owned, ({ offer }) => offer.status)].map(
      ([status, { length }]) => `${length} ${status}`,
    );
    return `${owned.length} × ${spaced(template).replaceAll('-', ' ')}  ${paint('dim', `(${statuses.join(', ')})`)}`;
  });
}
