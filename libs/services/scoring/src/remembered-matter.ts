import { type Evidence, isPreferred, type Model, onlyMatterOf, type Teller } from '@sestante/engagement';

/** What is known about a matter of a member: the activities that hold it, and whether one of them is no longer kept. */
export interface Held {
  readonly key: string;
  readonly tellings: readonly Evidence[];
  readonly isClosed: boolean;
}

/**
 * A matter of a member as it stays in memory between batches: who stands for it, without what was told, because the garbage collection has to copy what stays.
 * It is enough for repeats.
 */
export interface Remembered {
  readonly key: string;
  /** Absent if nobody told about it. */
  readonly by?: Teller;
}

/** Undefined if more must be known about the matter later: if several activities tell about it, or one that tells about something else, too. */
export function remembered({ key, tellings, isClosed }: Held): Remembered | undefined {
  const [telling, ...others] = tellings;
  if (isClosed || others.length > 0) return undefined;
  if (telling === undefined) return { key };
  if (onlyMatterOf(telling) !== key) return undefined;
  const { activityId, at, vouchedBy } = telling;
  return { key, by: { activityId, at, vouchedBy } };
}

/** Whether this evidence can be counted without a look at what was told: it is the first telling, or a repeat. */
export function isEnough(model: Model, { key, by }: Remembered, evidence: Evidence): boolean {
  return by === undefined || (onlyMatterOf(evidence) === key && !isPreferred(model, evidence, by));
}

/** Stands for a matter, and weighs nothing: its real signals are in the state. */
const standing = { element: 'trust', weight: 0, valence: 0, rule: 0 } as const;

export function toHeld({ key, by }: Remembered): Held {
  if (by === undefined) return { key, tellings: [], isClosed: false };
  const telling: Evidence = { ...by, name: '', channel: 'other', signals: [{ ...standing, once: key }] };
  return { key, tellings: [telling], isClosed: false };
}
