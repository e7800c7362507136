import type { Rate } from './measure/rate.ts';
import type { Reading } from './measure/reading.ts';

/** How this run of the suite is to be done. */
export interface Context {
  /** Few events and one run: to see that it works, not for figures. */
  readonly isQuick: boolean;
  /** How often each measurement is done. */
  readonly runs: number;
  /** Folder for CPU profiles of the server; none are made without it. */
  readonly profiles: string | undefined;
  /** Tells how far it is. */
  say(line: string): void;
}

/** What one benchmark found: a chapter of the report. */
export interface Section {
  readonly title: string;
  /** What was done, and what the figures contain. */
  readonly about: string;
  readonly rates?: readonly Rate[];
  readonly readings?: readonly Reading[];
  /** What a reader has to know about this very run. */
  readonly remarks?: readonly string[];
  /** Why there are no figures. */
  readonly missing?: string;
}

/** One thing to measure. It starts what it needs and leaves nothing behind. */
export interface Benchmark {
  readonly name: string;
  run(context: Context): Promise<Section>;
}
