import type { ReportedViolation } from '../types/reported-violation.ts';
import type { Tally } from '../accept/event-metrics.ts';
import type { FilePosition } from '../formats/files/stored-prefix.ts';
import type { ImportFormat } from '../formats/files/file-format.ts';

/** `broken`: can be resumed with the same file. `failed`: can be resumed with a corrected file, with the stored lines unchanged. */
export type ImportState = 'running' | 'done' | 'broken' | 'failed';

/** The progress of an import: the stored position in its file, and the counts of its events by outcome. */
export interface Progress extends FilePosition, Tally {
  /** The received bytes of the current or last body, before decompression. */
  readonly bytes: number;
}

/** An import with its progress, as the API returns it. */
export interface Import extends Omit<Progress, 'crc'> {
  readonly id: string;
  /** The name of the source. */
  readonly source: string;
  readonly sourceId: string;
  readonly format: ImportFormat;
  readonly state: ImportState;
  /** The `content-length` of the body in bytes; null if there was none. */
  readonly size: number | null;
  /** The reason why it is `broken` or `failed`. */
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

/** A line that was accepted with violations. */
export interface IncompleteLine {
  readonly line: number;
  readonly messageId: string;
  readonly violations: readonly ReportedViolation[];
}
