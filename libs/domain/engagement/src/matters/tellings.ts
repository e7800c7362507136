import type { Evidence, Purchase, Signal } from '../evidence.ts';
import type { Model } from '../model/model.ts';
import type { Matters } from '../rules/matter.ts';

/** A signal or a purchase that tells about a matter. */
export interface Telling {
  readonly evidence: Evidence;
  readonly key: string;
  readonly matters: Matters;
  /** The matter, apart for each rule unless rules share it. */
  readonly unit: string;
}

/** What a signal tells about a matter; undefined if it tells about none. */
export function tellingOf(model: Model, evidence: Evidence, signal: Signal): Telling | undefined {
  const key = signal.once ?? signal.again;
  const matters = key === undefined ? undefined : model.rules[signal.rule]?.matters;
  if (key === undefined || matters === undefined) return undefined;
  return { evidence, key, matters, unit: unitOf(matters, key, signal.rule) };
}

/** What a purchase tells about a matter; undefined if it tells about none. */
export function purchaseTellingOf(model: Model, evidence: Evidence, purchase: Purchase): Telling | undefined {
  const { once: key } = purchase;
  const { matters } = model.purchases;
  if (key === undefined || matters === undefined) return undefined;
  return { evidence, key, matters, unit: unitOf(matters, key, 'purchase') };
}

function unitOf({ kind, isShared }: Matters, key: string, owner: number | string): string {
  return isShared ? `${kind} ${key}` : `${kind} ${owner} ${key}`;
}

export function tellsMatters({ signals, purchase }: Evidence): boolean {
  return purchase?.once !== undefined || signals.some(({ once, again }) => once !== undefined || again !== undefined);
}

/** The keys of the matters that the evidence tells about: to find what else was told about them. */
export function mattersOf({ signals, purchase }: Evidence): string[] {
  const keys = [...signals.map(({ once, again }) => once ?? again), purchase?.once];
  return [...new Set(keys.filter((key) => key !== undefined))];
}
