import { isRetriable } from '@sestante/postgres';
import { Problem } from '@sestante/runtime';
import type { Sender } from '../types/source.ts';
import type { Import, IncompleteLine, RejectedLine } from './import.ts';
import type { StoredLines } from './store-lines.ts';
import type { Mapping } from '../formats/files/mapping.ts';

/** One attempt to send the file of an import. */
export interface Upload extends Pick<Import, 'id' | 'sourceId' | 'format' | 'size'> {
  /** Whether the file was corrected after it had been read to its end. */
  readonly isCorrected: boolean;
  /** The number of the first line that it sends. */
  readonly from: number;
  /** Whether the request declares gzip as content encoding. */
  readonly isZipped: boolean;
  readonly mostLinesOfBatch: number;
  /** How the file is read. */
  readonly mapping: Mapping;
  /** Loads the current source. */
  readonly senderOf: () => Promise<Sender>;
  readonly bodyOf: (signal: AbortSignal) => AsyncGenerator<Buffer>;
}

/** The most rejected lines, and the most incomplete lines, in a response. All rejected lines are in the rejected events. */
export const mostLinesListed = 100;

/** The response to a finished upload. */
export interface UploadReport extends Import, ListedLines {}

/** The first rejected and incomplete lines of an upload. */
export interface ListedLines {
  readonly rejectedLines: readonly RejectedLine[];
  readonly incompleteLines?: readonly IncompleteLine[];
}

/** Adds the lines of a batch. */
export function withLines(lines: ListedLines, { rejected, incomplete }: StoredLines): ListedLines {
  const rejectedLines = [...lines.rejectedLines, ...rejected].slice(0, mostLinesListed);
  const incompleteLines = [...(lines.incompleteLines ?? []), ...incomplete].slice(0, mostLinesListed);
  return { rejectedLines, ...(incompleteLines.length > 0 && { incompleteLines }) };
}

/** How an unfinished upload ended. */
export interface Interruption {
  readonly state: 'broken' | 'failed';
  readonly reason: string;
  /** The error for the response. */
  readonly error: unknown;
}

/** Codes of problems whose message already says what to send. */
const selfExplanatory = ['file-differs', 'from-wrong', 'import-too-long'];

function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  return isRetriable(error)
    ? new Problem(503, 'unavailable', 'A dependency of the service is unavailable.')
    : undefined;
}

/** `failed` if the file is invalid, `broken` if the same file may succeed later. Stored lines stay. */
export function interruptionOf(error: unknown, id: string, storedLines: number): Interruption {
  const problem = problemOf(error);
  if (!problem) return { state: 'broken', reason: 'An internal error occurred.', error };
  const { status, code, message, retryAfterSeconds } = problem;
  const state = status === 400 ? 'failed' : 'broken';
  if (selfExplanatory.includes(code)) return { state, reason: message, error: problem };
  const next = state === 'failed' ? 'Correct the lines after them, and send the file again' : 'Send the file again';
  const hint = `${storedLines} lines of the import ${id} are stored. ${next} with this id.`;
  return { state, reason: message, error: new Problem(status, code, `${message} ${hint}`, retryAfterSeconds) };
}
