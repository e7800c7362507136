import type { Elapsed } from './stopwatch.ts';
import { median, sum } from './statistics.ts';

/** The number of events in one run, with the time and CPU that they took. */
export interface Run extends Elapsed {
  readonly events: number;
}

/** The speed and the cost of something. */
export interface Rate {
  readonly what: string;
  readonly runs: readonly Run[];
  /** The `what` of the rate to compare with. */
  readonly against?: string;
  /** The required minimum, as a ratio of the events/s of that rate. */
  readonly minRatio?: number;
  readonly target?: { readonly eventsPerSecond: number; readonly cpuMicros: number };
}

export const eventsPerSecond = ({ events, seconds }: Run): number => events / seconds;

/** The CPU time of all parts, without the load generator, in microseconds per event. */
export const cpuMicros = ({ events, cpuMs }: Run): number => (sum(Object.values(cpuMs)) * 1_000) / events;

export const loadMicros = ({ events, loadMs }: Run): number => (loadMs * 1_000) / events;

/** The median of each part, in microseconds per event. */
export function partMicros({ runs }: Rate): Readonly<Record<string, number>> {
  const names = Object.keys(runs[0]?.cpuMs ?? {});
  return Object.fromEntries(
    names.map((name) => [name, median(runs.map(({ events, cpuMs }) => ((cpuMs[name] ?? 0) * 1_000) / events))]),
  );
}
