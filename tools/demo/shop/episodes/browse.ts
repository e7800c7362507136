import { anyGood } from '../goods.ts';
import type { Happening } from '../happening.ts';
import { minute, second } from '../time.ts';
import { happens, type Visit } from '../visit.ts';

/** Looks around in the shop or the app: searches, looks, sometimes follows a recommendation. */
export function browse(visit: Visit): Happening[] {
  const { dice, device, shopper } = visit;
  const good = anyGood(dice);
  const resultCount = dice.chance(shopper.personality.luck) ? dice.whole(3, 30) : 0;
  return [
    happens(visit, 0, device.channel === 'web' ? 'page' : 'screen', { title: 'Home' }),
    happens(visit, 20 * second, 'Products Searched', { query: good.title, result_count: resultCount }),
    ...(resultCount > 0 ? [happens(visit, minute, 'Product Viewed', { ...good })] : []),
    ...(dice.chance(0.3) ? [happens(visit, 2 * minute, 'Recommendation Clicked', { ...anyGood(dice) })] : []),
  ];
}
