import type { ToldViolation } from '../types/told-violation.ts';
import type { Tally } from '../accept/event-metrics.ts';
import type { Place } from '../formats/files/beginning.ts';
import type { ImportFormat } from '../formats/files/file-format.ts';

/** `broken` can go on with the same file, `failed` with the file mended behind the lines that are kept. */
export type ImportState = 'running' | 'done' | 'broken' | 'failed';

/** How far an import is: what is kept of its file, and what became of the events in it. */
export interface Progress extends Place, Tally {
  /** Of the body that comes, or came last, as it comes over the wire. */
  readonly bytes: number;
}

/** An import, as it is shown. */
export interface Import extends Omit<Progress, 'crc'> {
  readonly id: string;
  /** The name of the source. */
  readonly source: string;
  readonly sourceId: string;
  readonly format: ImportFormat;
  readonly state: ImportState;
  /** What the sender said of the length of the body, in bytes; null where it did not. */
  readonly size: number | null;
  /** Why it is broken, or failed. */
  readonly reason: string | null;
  readonly startedAt: Date;
  readonly updatedAt: Date;
}

/** A line that was rejected. */
export interface RejectedLine {
  readonly line: number;
  readonly messageId?: string;
  readonly code: string;
  readonly reason: string;
}

/** A line that was accepted although something is wrong with it. */
export interface IncompleteLine {
  readonly line: number;
  readonly messageId: string;
  readonly violations: readonly ToldViolation[];
}
