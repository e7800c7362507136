import { backend } from '../device.ts';
import type { Occurrence } from '../occurrence.ts';
import { day, hour } from '../time.ts';
import { occurrence, type Visit } from '../visit.ts';

/** Grants or denies consent at the sign-up; many do not answer. */
export function consent(visit: Visit): Occurrence[] {
  const { yes, no } = visit.shopper.personality;
  const number = visit.random.next();
  if (number < yes) return [occurrence(visit, 0, 'Consent Updated', { offers: true, personalisation: true })];
  return number < yes + no ? [occurrence(visit, 0, 'Consent Updated', { offers: false, personalisation: false })] : [];
}

/** Unsubscribes (and may be contacted nevertheless), requests the own data, or changes the consent. */
export function managePrivacy(visit: Visit): Occurrence[] {
  const { random, shopper } = visit;
  const atService: Visit = { ...visit, device: backend('service') };
  const days = random.chance(shopper.personality.successRate) ? random.whole(1, 3) : random.whole(10, 25);
  const choices = [
    () => [occurrence(visit, 0, 'Message Unsubscribed', { list: 'newsletter' }), ...unwantedContact(visit)],
    () => [occurrence(visit, 0, 'Data Requested'), occurrence(atService, days * day, 'Data Delivered', { days })],
    () => [
      occurrence(visit, 0, 'Consent Updated', { offers: random.chance(0.5), personalisation: random.chance(0.5) }),
    ],
  ] as const;
  return random.pick(choices)();
}

function unwantedContact(visit: Visit): Occurrence[] {
  if (visit.random.chance(visit.shopper.personality.successRate)) return [];
  return [occurrence({ ...visit, device: backend('web') }, 50 * hour, 'contact.after_opt_out')];
}
