import { isRetriable } from '@sestante/postgres';
import { Problem } from '@sestante/runtime';
import type { Sender } from '../types/source.ts';
import type { Import, IncompleteLine, RejectedLine } from './import.ts';
import type { KeptLines } from './keep-lines.ts';
import type { Mapping } from '../formats/files/mapping.ts';

/** One try to send the file of an import. */
export interface Upload extends Pick<Import, 'id' | 'sourceId' | 'format' | 'size'> {
  /** The file was mended after it had come to its end. */
  readonly isMended: boolean;
  /** The number of the first line that it sends. */
  readonly from: number;
  /** The sender says that it is gzip. */
  readonly isZipped: boolean;
  readonly mostLinesOfBatch: number;
  /** How the file is read. */
  readonly mapping: Mapping;
  /** The source as it is now. */
  readonly senderOf: () => Promise<Sender>;
  readonly bodyOf: (signal: AbortSignal) => AsyncGenerator<Buffer>;
}

/** So many rejected lines the answer names, and so many incomplete ones. All of them are among the rejected events. */
export const mostLinesNamed = 100;

/** What is answered to an upload that has come to its end. */
export interface UploadReport extends Import, NamedLines {}

/** The first lines of an upload with which something is wrong. */
export interface NamedLines {
  readonly rejectedLines: readonly RejectedLine[];
  readonly incompleteLines?: readonly IncompleteLine[];
}

/** Those that were named, and more of them. */
export function named(lines: NamedLines, { rejected, incomplete }: KeptLines): NamedLines {
  const rejectedLines = [...lines.rejectedLines, ...rejected].slice(0, mostLinesNamed);
  const incompleteLines = [...(lines.incompleteLines ?? []), ...incomplete].slice(0, mostLinesNamed);
  return { rejectedLines, ...(incompleteLines.length > 0 && { incompleteLines }) };
}

/** How an upload ended that did not come to its end. */
export interface Break {
  readonly state: 'broken' | 'failed';
  readonly reason: string;
  /** What its sender is told, if anybody listens. */
  readonly error: unknown;
}

/** Codes of problems that say themselves what to send. */
const saysHow = ['file-differs', 'from-wrong', 'import-too-long'];

function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  return isRetriable(error) ? new Problem(503, 'unavailable', 'A part that this needs is away.') : undefined;
}

/** `failed` where the file is at fault, `broken` where the same file may go through. What is kept stays. */
export function breakOf(error: unknown, id: string, keptLines: number): Break {
  const problem = problemOf(error);
  if (!problem) return { state: 'broken', reason: 'Something went wrong here.', error };
  const { status, code, message, retryAfterSeconds } = problem;
  const state = status === 400 ? 'failed' : 'broken';
  if (saysHow.includes(code)) return { state, reason: message, error: problem };
  const again = state === 'failed' ? 'mend what comes behind them, and send the file again' : 'send the file again';
  const goOn = `${keptLines} lines of the import ${id} are kept: ${again} under this id.`;
  return { state, reason: message, error: new Problem(status, code, `${message} ${goOn}`, retryAfterSeconds) };
}
