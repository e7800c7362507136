import { useEffect, useState } from 'react';

interface Sample {
  readonly at: number;
  readonly counts: Readonly<Record<string, number>>;
}

const windowMs = 60_000;

/** How many per second were counted, over the last minute at most; undefined before the second sample. */
export function useRates(counts: Sample['counts'], at: number): Readonly<Record<string, number>> | undefined {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    setSamples((before) => [...before.filter((one) => one.at > at - windowMs && one.at < at), { at, counts }]);
  }, [at, counts]);
  return ratesOf(samples);
}

function ratesOf(samples: readonly Sample[]): Readonly<Record<string, number>> | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at === first.at) return undefined;
  const seconds = (last.at - first.at) / 1_000;
  return Object.fromEntries(
    Object.entries(last.counts).map(([name, count]) => [name, (count - (first.counts[name] ?? count)) / seconds]),
  );
}
