import { type Device, till } from './device.ts';
import type { Random } from './random.ts';
import { browse } from './episodes/browse.ts';
import { buyInStore } from './episodes/buy-in-store.ts';
import { consent, managePrivacy } from './episodes/privacy.ts';
import { orderOnline } from './episodes/order-online.ts';
import { giveFeedback } from './episodes/give-feedback.ts';
import type { Occurrence } from './occurrence.ts';
import type { Shopper } from './shopper.ts';
import { day, hour, minute, week } from './time.ts';
import { occurrence, type Visit } from './visit.ts';

/** The simulated period, in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/**
 * The history of a shopper until the end of the span: an anonymous visit, the sign-up a week later, and random visits from a week after
 * the sign-up.
 */
export function historyOf(shopper: Shopper, { until }: Span, random: Random): Occurrence[] {
  const lookedAt = shopper.signedUpAt - week + random.between(0, day);
  const firstLook = browse({ shopper, device: shopper.browser, at: lookedAt, random });
  const history = [...firstLook, ...signUp(shopper, random)];
  for (let at = shopper.signedUpAt + week; at < until; at += day) {
    if (random.chance(shopper.personality.visitsPerWeek / 7)) history.push(...visitOn(at, shopper, random));
  }
  return history.filter((one) => one.at < until);
}

/** The visits of a person who never signs up. */
export function anonymousVisitsOf(stranger: Shopper, { from, until }: Span, random: Random): Occurrence[] {
  const instants = Array.from({ length: 3 }, () => random.between(from, until - day));
  return instants.flatMap((at) => browse({ shopper: stranger, device: stranger.browser, at, random }));
}

function signUp(shopper: Shopper, random: Random): Occurrence[] {
  const visit: Visit = { shopper, device: shopper.browser, at: shopper.signedUpAt, random };
  const onPhone: Visit = { ...visit, device: shopper.phone, at: shopper.signedUpAt + week };
  return [
    occurrence(visit, 0, 'identify'),
    ...consent({ ...visit, at: visit.at + minute }),
    occurrence(onPhone, 0, 'identify'),
  ];
}

function visitOn(morning: number, shopper: Shopper, random: Random): Occurrence[] {
  const device = deviceFor(shopper, random);
  const visit: Visit = { shopper, device, at: morning + random.between(0, 12) * hour, random };
  const isPrivate = shopper.personality.no > shopper.personality.yes;
  const main = mainPart(visit);
  const order = main.find(({ what }) => what === 'Order Completed');
  return [
    ...main,
    ...(random.chance(shopper.personality.opinion) ? giveFeedback(visit, order?.properties?.['order_id']) : []),
    ...(random.chance(isPrivate ? 0.4 : 0.03)
      ? managePrivacy({ ...visit, device: shopper.browser, at: visit.at + hour })
      : []),
  ];
}

function mainPart(visit: Visit): Occurrence[] {
  if (visit.device.channel === 'store') return buyInStore(visit);
  return visit.random.chance(0.4) ? orderOnline(visit) : browse(visit);
}

function deviceFor({ personality, browser, phone, store }: Shopper, random: Random): Device {
  const number = random.next();
  if (number < personality.web) return browser;
  return number < personality.web + personality.mobile ? phone : till(store);
}
