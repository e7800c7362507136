import type { Rate } from './measure/rate.ts';
import type { Reading } from './measure/reading.ts';

/** The settings of a run of the suite. */
export interface Context {
  /** Few events and one run: to check that it works, not for figures. */
  readonly isQuick: boolean;
  /** The number of runs of each measurement. */
  readonly runs: number;
  /** The folder for CPU profiles of the server; undefined for no profiles. */
  readonly profiles: string | undefined;
  /** Prints progress. */
  log(line: string): void;
}

/** The results of one benchmark: a chapter of the report. */
export interface Section {
  readonly title: string;
  /** The method, and what the figures include. */
  readonly about: string;
  readonly rates?: readonly Rate[];
  readonly readings?: readonly Reading[];
  /** Remarks about this run. */
  readonly remarks?: readonly string[];
  /** The reason why there are no figures. */
  readonly missing?: string;
}

/** One benchmark. It starts the systems that it needs and removes them afterwards. */
export interface Benchmark {
  readonly name: string;
  run(context: Context): Promise<Section>;
}
