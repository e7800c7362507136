import { anyGood } from '../goods.ts';
import type { Occurrence } from '../occurrence.ts';
import { minute, second } from '../time.ts';
import { occurrence, type Visit } from '../visit.ts';

/** A visit to the shop or the app: a search, a product, sometimes a recommendation. */
export function browse(visit: Visit): Occurrence[] {
  const { random, device, shopper } = visit;
  const good = anyGood(random);
  const resultCount = random.chance(shopper.personality.successRate) ? random.whole(3, 30) : 0;
  return [
    occurrence(visit, 0, device.channel === 'web' ? 'page' : 'screen', { title: 'Home' }),
    occurrence(visit, 20 * second, 'Products Searched', { query: good.title, result_count: resultCount }),
    ...(resultCount > 0 ? [occurrence(visit, minute, 'Product Viewed', { ...good })] : []),
    ...(random.chance(0.3) ? [occurrence(visit, 2 * minute, 'Recommendation Clicked', { ...anyGood(random) })] : []),
  ];
}
