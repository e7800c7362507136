import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { median, sum } from './statistics.ts';

/**
 * How fast the machine is while something is measured: the CPU time of a fixed piece of JavaScript (parsing and printing JSON), every
 * 400 ms, in a thread of this process beside the load. The same work costs more CPU time while neighbours use the same physical cores,
 * caches and memory; figures divided by this time repeat within 2 %, raw ones within 8 %.
 *
 * It is not a correction of events/s or of latencies, which also depend on the disk and on waiting. It does not make another kind of
 * CPU comparable: there, JSON and the measured system may differ by different factors. And it measures JavaScript in a small, warm
 * cache: the share of Postgres, and work that misses the caches, follow only roughly. Differences under 2 % are noise.
 */
export interface Calibration {
  /** The median CPU time of the piece, in microseconds. */
  readonly micros: number;
  /** The CPU time that the calibration itself took in this process, in milliseconds. */
  readonly spentMs: number;
}

/** The CPU time of the piece during the report of 22 November 2026, in microseconds. Calibrated figures are comparable with its raw ones. */
export const referenceMicros = 6_116;

let worker: Worker | undefined;
let samples: number[] = [];
let latest = referenceMicros;

/** Starts the thread. Resolves when its work is warm: compiled, and measured once. */
export async function warmCalibration(): Promise<void> {
  worker = new Worker(new URL('calibration-thread.ts', import.meta.url));
  worker.on('message', (micros: number) => samples.push((latest = micros)));
  await once(worker, 'message');
  worker.unref();
}

/** Starts a calibration. The returned function ends it. One at a time. A measurement too short for a sample has the latest one. */
export function calibrate(): () => Calibration {
  samples = [];
  worker?.postMessage(true);
  return () => {
    worker?.postMessage(false);
    return { micros: median(samples.length > 0 ? samples : [latest]), spentMs: sum(samples) / 1_000 };
  };
}
