import { backend } from '../device.ts';
import type { Happening } from '../happening.ts';
import { day, hour } from '../time.ts';
import { happens, type Visit } from '../visit.ts';

/** Says yes or no to offers, when they are asked at the sign-up; many never answer. */
export function consent(visit: Visit): Happening[] {
  const { yes, no } = visit.shopper.personality;
  const thrown = visit.dice.throw();
  if (thrown < yes) return [happens(visit, 0, 'Consent Updated', { offers: true, personalisation: true })];
  return thrown < yes + no ? [happens(visit, 0, 'Consent Updated', { offers: false, personalisation: false })] : [];
}

/** Has enough of messages, wants to see what is known, or is written to in spite of a no. */
export function decideMyself(visit: Visit): Happening[] {
  const { dice, shopper } = visit;
  const atTheDesk: Visit = { ...visit, device: backend('service') };
  const days = dice.chance(shopper.personality.luck) ? dice.whole(1, 3) : dice.whole(10, 25);
  const ways = [
    () => [happens(visit, 0, 'Message Unsubscribed', { list: 'newsletter' }), ...ignored(visit)],
    () => [happens(visit, 0, 'Data Requested'), happens(atTheDesk, days * day, 'Data Delivered', { days })],
    () => [happens(visit, 0, 'Consent Updated', { offers: dice.chance(0.5), personalisation: dice.chance(0.5) })],
  ] as const;
  return dice.pick(ways)();
}

function ignored(visit: Visit): Happening[] {
  if (visit.dice.chance(visit.shopper.personality.luck)) return [];
  return [happens({ ...visit, device: backend('web') }, 50 * hour, 'contact.after_opt_out')];
}
