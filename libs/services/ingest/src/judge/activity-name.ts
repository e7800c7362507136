import type { TrackingEvent } from './tracking-event.ts';

const ours = /^[a-z0-9_]+\.[a-z0-9_]+$/;
const fixed = {
  page: 'page.viewed',
  screen: 'screen.viewed',
  identify: 'customer.identified',
  group: 'group.joined',
  alias: 'customer.aliased',
};

/** Our name of what an event tells, `object.action`; undefined for a track event without a usable name. */
export function activityName(event: TrackingEvent): string | undefined {
  if (event.type !== 'track') return fixed[event.type];
  return typeof event.event === 'string' ? normaliseName(event.event) : undefined;
}

/** Names of Segment's vocabulary whose action has more than one word. */
const phrases = new Map([
  ['product added to wishlist', 'product.added_to_wishlist'],
  ['product removed from wishlist', 'product.removed_from_wishlist'],
  ['wishlist product added to cart', 'wishlist_product.added_to_cart'],
]);

/**
 * `Product List Viewed` → `product_list.viewed`: the last word is the action. Names that are ours already stay as they are. Undefined
 * where there is no word.
 */
export function normaliseName(name: string): string | undefined {
  const trimmed = name.trim().toLowerCase();
  if (ours.test(trimmed)) return trimmed;
  // Marks belong to the letters before them, as vowels do in Hindi; in NFC, because keyboards differ in how they write an accent.
  const words = trimmed
    .normalize('NFC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
  const phrase = phrases.get(words.join(' '));
  if (phrase) return phrase;
  const action = words.pop();
  return words.length > 0 ? `${words.join('_')}.${action}` : action;
}
