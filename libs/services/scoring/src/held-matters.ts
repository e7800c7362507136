import type { Evidence } from '@sestante/engagement';
import type { FoundTelling } from './store/matters.ts';

/** What is known about a matter of a member: the activities that hold it, and whether one of them is no longer kept. */
export interface Held {
  readonly tellings: readonly Evidence[];
  readonly isClosed: boolean;
}

/** By key. A key that is not in it was not looked up; one without tellings is of a matter that nobody told about yet. */
export type Matters = ReadonlyMap<string, Held>;

export const noMatters: Matters = new Map();
export const nobodyTold: Held = { tellings: [], isClosed: false };

/** How many matters of a member are in memory between batches. More of them cost the garbage collection more than look-ups. */
const mostRemembered = 3;

/** The matters of a member, with what was looked up: `keys`, under which `found` are all tellings. */
export function withFound(matters: Matters, keys: Iterable<string>, found: readonly FoundTelling[]): Matters {
  const all = new Map(matters);
  for (const key of keys) all.set(key, nobodyTold);
  for (const { key, evidence } of found) all.set(key, withOne(all.get(key), evidence));
  return all;
}

/** Adds a telling to matters that nobody else has in hand. */
export function addTelling(matters: Map<string, Held>, keys: readonly string[], evidence: Evidence): void {
  for (const key of keys) matters.set(key, withOne(matters.get(key), evidence));
}

/** The latest matters of a member, for the next batches. */
export function latestOf(matters: Matters): Matters {
  return matters.size <= mostRemembered ? matters : new Map([...matters].slice(-mostRemembered));
}

function withOne(held: Held = nobodyTold, evidence: Evidence | undefined): Held {
  if (evidence === undefined) return { ...held, isClosed: true };
  return { ...held, tellings: [...held.tellings, evidence] };
}
