import { nameOfTitle } from '@sestante/contracts';
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

/**
 * The name by which the vocabulary knows it; of any other name, the last word is the action: `Gift Wrapped` → `gift.wrapped`. Names that
 * are shaped like ours stay as they are. Undefined where there is no word.
 */
export function normaliseName(name: string): string | undefined {
  const known = nameOfTitle(name);
  if (known) return known;
  const trimmed = name.trim().toLowerCase();
  if (ours.test(trimmed)) return trimmed;
  // Marks belong to the letters before them, as vowels do in Hindi; in NFC, because keyboards differ in how they write an accent.
  const words = trimmed
    .normalize('NFC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
  const action = words.pop();
  return words.length > 0 ? `${words.join('_')}.${action}` : action;
}
