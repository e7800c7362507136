import type { Elapsed } from './stopwatch.ts';
import { median, sum } from './statistics.ts';

/** So many events in one run, and what they took. */
export interface Run extends Elapsed {
  readonly events: number;
}

/** How fast something goes, and what it costs. */
export interface Rate {
  readonly what: string;
  readonly runs: readonly Run[];
  /** `what` of the rate that it is compared with. */
  readonly against?: string;
  /** So many times the events/s of that it has to reach. */
  readonly leastRatio?: number;
  readonly floor?: { readonly eventsPerSecond: number; readonly cpuMicros: number };
}

export const eventsPerSecond = ({ events, seconds }: Run): number => events / seconds;

/** CPU of all parts together, without what made the load, in microseconds an event. */
export const cpuMicros = ({ events, cpuMs }: Run): number => (sum(Object.values(cpuMs)) * 1_000) / events;

export const loadMicros = ({ events, loadMs }: Run): number => (loadMs * 1_000) / events;

/** Each part's median, in microseconds an event. */
export function partMicros({ runs }: Rate): Readonly<Record<string, number>> {
  const names = Object.keys(runs[0]?.cpuMs ?? {});
  return Object.fromEntries(
    names.map((name) => [name, median(runs.map(({ events, cpuMs }) => ((cpuMs[name] ?? 0) * 1_000) / events))]),
  );
}
