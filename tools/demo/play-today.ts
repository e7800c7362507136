import { drained } from '../sestante/stats.ts';
import type { StatusLine } from '../sestante/status-line.ts';
import type { Target } from '../sestante/target.ts';
import { answersTo, type OwnedOffer, readOffers } from './answer-offers.ts';
import { send } from './send.ts';
import type { Shop } from './shop/simulate.ts';
import { todayOf } from './shop/today.ts';
import { paint } from './story/paint.ts';
import { spelt } from './story/words.ts';

const most = 24;

/** Lets something happen to some shoppers now, reads what they are offered, and lets them answer. */
export async function playToday(target: Target, { others, dice }: Shop, line: StatusLine): Promise<void> {
  const met = others.slice(0, most);
  line.show('  today …');
  await send(target, todayOf(met, Date.now(), dice));
  await drained(target, { pollMs: 60 });
  const offers = await readOffers(target, met);
  await send(target, answersTo(offers, Date.now(), dice));
  await drained(target, { pollMs: 60 });
  const answered = await readOffers(target, met);
  line.say(
    `  ${'today'.padStart(12)}  something happens to ${met.length} people, and ${answered.length} offers are made:`,
  );
  for (const text of byTemplate(answered)) line.say(`                ${text}`);
}

function byTemplate(offers: readonly OwnedOffer[]): string[] {
  return [...Map.groupBy(offers, ({ offer }) => offer.template)].map(([template, owned]) => {
    const statuses = [...Map.groupBy(owned, ({ offer }) => offer.status)].map(
      ([status, { length }]) => `${length} ${status}`,
    );
    return `${owned.length} × ${spelt(template).replaceAll('-', ' ')}  ${paint('dim', `(${statuses.join(', ')})`)}`;
  });
}
