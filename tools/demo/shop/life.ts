import { type Device, till } from './device.ts';
import type { Dice } from './dice.ts';
import { browse } from './episodes/browse.ts';
import { buyInStore } from './episodes/buy-in-store.ts';
import { consent, decideMyself } from './episodes/choose.ts';
import { orderOnline } from './episodes/order-online.ts';
import { sayOpinion } from './episodes/say-opinion.ts';
import type { Happening } from './happening.ts';
import type { Shopper } from './shopper.ts';
import { day, hour, minute, week } from './time.ts';
import { happens, type Visit } from './visit.ts';

/** The span of time in which something is simulated, in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/**
 * Everything that a shopper does and meets until the end of the span: a first look as a stranger, a week later the sign-up, and from a week
 * after that visits as they come.
 */
export function lifeOf(shopper: Shopper, { until }: Span, dice: Dice): Happening[] {
  const lookedAt = shopper.signedUpAt - week + dice.between(0, day);
  const firstLook = browse({ shopper, device: shopper.browser, at: lookedAt, dice });
  const life = [...firstLook, ...signUp(shopper, dice)];
  for (let at = shopper.signedUpAt + week; at < until; at += day) {
    if (dice.chance(shopper.personality.visitsPerWeek / 7)) life.push(...visitOn(at, shopper, dice));
  }
  return life.filter((happening) => happening.at < until);
}

/** What somebody does who looks around now and then and never says who they are. */
export function glancesOf(stranger: Shopper, { from, until }: Span, dice: Dice): Happening[] {
  const glances = Array.from({ length: 3 }, () => dice.between(from, until - day));
  return glances.flatMap((at) => browse({ shopper: stranger, device: stranger.browser, at, dice }));
}

function signUp(shopper: Shopper, dice: Dice): Happening[] {
  const visit: Visit = { shopper, device: shopper.browser, at: shopper.signedUpAt, dice };
  const onThePhone: Visit = { ...visit, device: shopper.phone, at: shopper.signedUpAt + week };
  return [
    happens(visit, 0, 'identify'),
    ...consent({ ...visit, at: visit.at + minute }),
    happens(onThePhone, 0, 'identify'),
  ];
}

function visitOn(morning: number, shopper: Shopper, dice: Dice): Happening[] {
  const device = deviceFor(shopper, dice);
  const visit: Visit = { shopper, device, at: morning + dice.between(0, 12) * hour, dice };
  const isPrivate = shopper.personality.no > shopper.personality.yes;
  const lived = mainPart(visit);
  const order = lived.find(({ what }) => what === 'Order Completed');
  return [
    ...lived,
    ...(dice.chance(shopper.personality.opinion) ? sayOpinion(visit, order?.properties?.['order_id']) : []),
    ...(dice.chance(isPrivate ? 0.4 : 0.03)
      ? decideMyself({ ...visit, device: shopper.browser, at: visit.at + hour })
      : []),
  ];
}

function mainPart(visit: Visit): Happening[] {
  if (visit.device.channel === 'store') return buyInStore(visit);
  return visit.dice.chance(0.4) ? orderOnline(visit) : browse(visit);
}

function deviceFor({ personality, browser, phone, store }: Shopper, dice: Dice): Device {
  const thrown = dice.throw();
  if (thrown < personality.web) return browser;
  return thrown < personality.web + personality.mobile ? phone : till(store);
}
