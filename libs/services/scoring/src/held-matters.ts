import type { Evidence } from '@sestante/engagement';
import { type Held, remembered, type Remembered, toHeld } from './remembered-matter.ts';
import type { FoundTelling } from './store/matters.ts';

/**
 * One for each key, the latest at the end. A key that is not among them was not looked up; one without tellings is of a matter that nobody told about yet.
 * A list, not a map: it is short, and every activity about a matter makes a copy.
 */
export type Matters = readonly (Held | Remembered)[];

export const noMatters: Matters = [];

/** How many matters of a member are in memory between batches. More of them cost the garbage collection more than look-ups. */
const mostRemembered = 3;

export function matterUnder(matters: Matters, key: string): Held | Remembered | undefined {
  return matters[indexOf(matters, key)];
}

export function heldUnder(matters: Matters, key: string): Held | undefined {
  const matter = matterUnder(matters, key);
  return matter === undefined || isHeld(matter) ? matter : toHeld(matter);
}

export function isHeld(matter: Held | Remembered): matter is Held {
  return 'tellings' in matter;
}

/** The matters of a member, with what was looked up: `keys`, under which `found` are all tellings. */
export function withFound(matters: Matters, keys: readonly string[], found: readonly FoundTelling[]): Matters {
  const all = [...matters];
  for (const key of keys) put(all, { key, tellings: [], isClosed: false });
  for (const { key, evidence } of found) tell(all, key, evidence);
  return all;
}

/** Adds a telling to matters that nobody else has in hand. */
export function addTelling(matters: (Held | Remembered)[], keys: readonly string[], evidence: Evidence): void {
  for (const key of keys) tell(matters, key, evidence);
}

/** The latest matters of a member, for the next batches. */
export function latestOf(matters: Matters): Matters {
  if (matters.length <= mostRemembered && !matters.some(isHeld)) return matters;
  const latest: Remembered[] = [];
  for (let index = Math.max(0, matters.length - mostRemembered); index < matters.length; index += 1) {
    const matter = matters[index]!;
    const kept = isHeld(matter) ? remembered(matter) : matter;
    if (kept !== undefined) latest.push(kept);
  }
  return latest;
}

/** Without `evidence`, the activity is no longer kept. */
function tell(matters: (Held | Remembered)[], key: string, evidence: Evidence | undefined): void {
  const { tellings, isClosed } = heldUnder(matters, key) ?? { tellings: [], isClosed: false };
  if (evidence === undefined) put(matters, { key, tellings, isClosed: true });
  else put(matters, { key, tellings: [...tellings, evidence], isClosed });
}

function put(matters: (Held | Remembered)[], held: Held): void {
  const index = indexOf(matters, held.key);
  if (index < 0) matters.push(held);
  else matters[index] = held;
}

/** From the end, where the latest ones are; −1 if there is none. */
function indexOf(matters: Matters, key: string): number {
  let index = matters.length - 1;
  while (index >= 0 && matters[index]!.key !== key) index -= 1;
  return index;
}
