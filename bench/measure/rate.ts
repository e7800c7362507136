import { referenceMicros } from './calibration.ts';
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
  /** The required minimum of events/s. */
  readonly minPerSecond?: number;
  /** The allowed maximum, as a ratio of the calibrated CPU of that rate. */
  readonly maxCostRatio?: number;
  /** The allowed maximum of calibrated CPU, in microseconds per event. */
  readonly maxMicros?: number;
}

export const eventsPerSecond = ({ events, seconds }: Run): number => events / seconds;

/** The CPU time of all parts, without the load generator, in microseconds per event. */
export const cpuMicros = ({ events, cpuMs }: Run): number => (sum(Object.values(cpuMs)) * 1_000) / events;

/** The same on a machine as fast as that of the reference: see `calibration.ts`. */
export const calibratedMicros = (run: Run): number => calibrated(cpuMicros(run), run);

export const loadMicros = ({ events, loadMs }: Run): number => (loadMs * 1_000) / events;

/** The median of each part, in calibrated microseconds per event. */
export function partMicros({ runs }: Rate): Readonly<Record<string, number>> {
  const names = Object.keys(runs[0]?.cpuMs ?? {});
  const microsOf = (name: string, run: Run) => calibrated(((run.cpuMs[name] ?? 0) * 1_000) / run.events, run);
  return Object.fromEntries(names.map((name) => [name, median(runs.map((run) => microsOf(name, run)))]));
}

/** The ratio of the medians of two rates. */
export function ratioOf(quantity: (run: Run) => number, { runs }: Rate, other: Rate): number {
  return median(runs.map(quantity)) / median(other.runs.map(quantity));
}

const calibrated = (micros: number, { calibrationMicros }: Run) => (micros * referenceMicros) / calibrationMicros;
