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

/** `Product List Viewed` → `product_list.viewed`: the last word is the action. Names that are ours already stay as they are. */
export function normaliseName(name: string): string | undefined {
  const trimmed = name.trim().toLowerCase();
  if (ours.test(trimmed)) return trimmed;
  const words = trimmed.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const action = words.pop();
  return words.length > 0 ? `${words.join('_')}.${action}` : action;
}
