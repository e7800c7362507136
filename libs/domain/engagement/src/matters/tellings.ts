import type { Evidence, Signal } from '../evidence.ts';

/** The keys of the matters that the evidence tells about: to find what else was told about them. */
export function mattersOf({ signals, purchase }: Evidence): string[] {
  const keys: string[] = [];
  const tell = (key: string | undefined) => {
    if (key !== undefined && !keys.includes(key)) keys.push(key);
  };
  for (const { once, again } of signals) tell(once ?? again);
  tell(purchase?.once);
  return keys;
}

/** The key of a matter that counts once, if the evidence tells about that and about nothing else. */
export function onlyMatterOf({ signals, purchase }: Evidence): string | undefined {
  const key = signals[0]?.once ?? purchase?.once;
  const isOnly = signals.every(({ once }) => once === key) && (purchase === undefined || purchase.once === key);
  return isOnly ? key : undefined;
}

export function tellsMatters({ signals, purchase }: Evidence): boolean {
  return purchase?.once !== undefined || signals.some(isAboutMatter);
}

export function isAboutMatter({ once, again }: Pick<Signal, 'once' | 'again'>): boolean {
  return once !== undefined || again !== undefined;
}
