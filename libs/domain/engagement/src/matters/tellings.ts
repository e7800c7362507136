import type { Evidence, Signal } from '../evidence.ts';

/** The keys of the matters that the evidence tells about: to find what else was told about them. */
export function mattersOf({ signals, purchase }: Evidence): string[] {
  const keys = new Set<string>();
  for (const { once, again } of signals) {
    const key = once ?? again;
    if (key !== undefined) keys.add(key);
  }
  if (purchase?.once !== undefined) keys.add(purchase.once);
  return [...keys];
}

export function tellsMatters({ signals, purchase }: Evidence): boolean {
  return purchase?.once !== undefined || signals.some(isAboutMatter);
}

export function isAboutMatter({ once, again }: Pick<Signal, 'once' | 'again'>): boolean {
  return once !== undefined || again !== undefined;
}
