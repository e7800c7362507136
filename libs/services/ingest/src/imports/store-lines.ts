import { Injectable } from '@nestjs/common';
import { Problem } from '@sestante/runtime';
import { AcceptEvents } from '../accept/accept-events.ts';
import type { Tally } from '../accept/event-metrics.ts';
import type { Format } from '../types/format.ts';
import type { Sender } from '../types/source.ts';
import type { ReadLine } from '../formats/files/line.ts';
import { type IncompleteLine, type RejectedLine } from './import.ts';
import { lineIdOf } from '../types/line-id.ts';
import { ImportLines } from './corrected/import-lines.ts';
import { hashOf } from './corrected/line-entry.ts';
import type { PreviousLines } from './corrected/previous-lines.ts';
import { type OutageOptions, retryDuringOutage } from './retry-during-outage.ts';
import { recordOf } from '../formats/files/record.ts';

/** The import and the source of lines. */
export interface Origin {
  readonly importId: string;
  readonly revision: number;
  /** The lines of earlier revisions, if the file was corrected. */
  readonly previous: PreviousLines | undefined;
  /** The time zone of times without an offset; null for that of the source. */
  readonly timeZone: string | null;
  /** Loads the source: it may be paused, or its key revoked, during the upload. */
  readonly senderOf: () => Promise<Sender>;
  readonly outage: OutageOptions;
}

/** The outcome of lines. */
export interface StoredLines {
  readonly tally: Tally;
  readonly rejected: readonly RejectedLine[];
  readonly incomplete: readonly IncompleteLine[];
}

interface LineValue {
  readonly number: number;
  readonly lineId: string;
  readonly value: unknown;
  /** Recognises the line in a corrected file. Only for a new line without a message id. */
  readonly hash?: Buffer | undefined;
}

const emptyTally: Tally = { accepted: 0, incomplete: 0, repeated: 0, rejected: 0 };

export function sumOf(one: Tally, other: Tally): Tally {
  return {
    accepted: one.accepted + other.accepted,
    incomplete: one.incomplete + other.incomplete,
    repeated: one.repeated + other.repeated,
    rejected: one.rejected + other.rejected,
  };
}

/** Stores the lines of a file as events: readable lines are judged, unreadable lines are rejected. */
@Injectable()
export class StoreLines {
  constructor(
    private readonly events: AcceptEvents,
    private readonly lines: ImportLines,
  ) {}

  /** Resolves when all lines are stored, after any number of retries. Throws `Problem` 400 if a corrected file is another file. */
  async store(lines: readonly ReadLine[], origin: Origin): Promise<StoredLines> {
    const { importId, revision, previous, outage } = origin;
    const { events, others, skipped } = lineValuesOf(lines, origin);
    if (previous?.isOtherFile(lines.at(-1)?.number ?? 0)) throw differs();
    if (previous)
      await retryDuringOutage(
        () => this.lines.dropRejected([...events, ...others].map(({ lineId }) => lineId)),
        outage,
      );
    const [one, other] = [await this.submit(events, 'record', origin), await this.submit(others, 'line', origin)];
    const rejected = new Set(one.rejected.map(({ line }) => line));
    const entries = events.flatMap(({ number, hash }) =>
      hash ? [{ hash, line: number, isRejected: rejected.has(number) }] : [],
    );
    await retryDuringOutage(() => this.lines.save(importId, revision, entries), outage);
    const sum = sumOf(one.tally, other.tally);
    return {
      tally: { ...sum, repeated: sum.repeated + skipped },
      rejected: [...one.rejected, ...other.rejected].sort((before, after) => before.line - after.line),
      incomplete: one.incomplete,
    };
  }

  private async submit(
    lines: readonly LineValue[],
    format: Format,
    { senderOf, outage }: Origin,
  ): Promise<StoredLines> {
    if (lines.length === 0) return { tally: emptyTally, rejected: [], incomplete: [] };
    const events = lines.map(({ value }) => value);
    const stableIds = lines.map(({ lineId }) => lineId);
    const { tally, rejected, incomplete } = await retryDuringOutage(
      async () => this.events.take({ sender: await senderOf(), format, events, stableIds, isFromFile: true }),
      outage,
    );
    return {
      tally,
      rejected: rejected.map(({ index, ...rejection }) => ({ line: lines[index]!.number, ...rejection })),
      incomplete: incomplete.map(({ index, ...event }) => ({ line: lines[index]!.number, ...event })),
    };
  }
}

/** The values of the lines with their ids. A line that was accepted before is skipped; one that was rejected before retains its id. */
function lineValuesOf(lines: readonly ReadLine[], { importId, revision, previous, timeZone }: Origin) {
  const events: LineValue[] = [];
  const others: LineValue[] = [];
  let skipped = 0;
  for (const { number, result, content } of lines) {
    if (result === undefined) continue;
    const lineId = lineIdOf(importId, number, revision);
    if (!('event' in result)) {
      others.push({ number, lineId, value: result });
      continue;
    }
    const hash = hasOwnId(result.event) ? undefined : hashOf(content());
    const match = hash && previous?.match(hash);
    const value = recordOf(result, timeZone);
    if (!match) events.push({ number, lineId, value, hash });
    else if (match.isRejected) events.push({ number, lineId: lineIdOf(importId, match.line, match.revision), value });
    else skipped += 1;
  }
  return { events, others, skipped };
}

function hasOwnId(event: unknown): boolean {
  const { messageId } = (event ?? {}) as { messageId?: unknown };
  return messageId !== undefined && messageId !== null && messageId !== '';
}

const differs = () =>
  new Problem(
    400,
    'file-differs',
    'The file contains none of the accepted lines unchanged. Send the whole corrected file, or only the corrected lines as a new import.',
  );
