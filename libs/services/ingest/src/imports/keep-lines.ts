import { Injectable } from '@nestjs/common';
import { Problem } from '@sestante/runtime';
import { AcceptEvents } from '../accept/accept-events.ts';
import type { Tally } from '../accept/event-metrics.ts';
import type { Format } from '../types/format.ts';
import type { Sender } from '../types/source.ts';
import type { ReadLine } from '../formats/files/line.ts';
import { type IncompleteLine, type RejectedLine } from './import.ts';
import { lineIdOf } from '../types/line-id.ts';
import { ImportLines } from './mended/import-lines.ts';
import { hashOf } from './mended/line-entry.ts';
import type { TakenLines } from './mended/taken-lines.ts';
import { type Patience, patiently } from './patiently.ts';
import { recordOf } from '../formats/files/record.ts';

/** Where lines come from. */
export interface Origin {
  readonly importId: string;
  readonly revision: number;
  /** What came before of a file that was mended. */
  readonly taken: TakenLines | undefined;
  /** The time zone of times without one, where it is not that of the source. */
  readonly timeZone: string | null;
  /** The source as it is now: it may be paused meanwhile, or its key may end. */
  readonly senderOf: () => Promise<Sender>;
  readonly patience: Patience;
}

/** What became of lines. */
export interface KeptLines {
  readonly tally: Tally;
  readonly rejected: readonly RejectedLine[];
  readonly incomplete: readonly IncompleteLine[];
}

interface PlacedValue {
  readonly number: number;
  readonly place: string;
  readonly value: unknown;
  /** By which it is known in a mended file, where it has no id of its own and did not come before. */
  readonly hash?: Buffer | undefined;
}

const nothing: Tally = { accepted: 0, incomplete: 0, repeated: 0, rejected: 0 };

export function sumOf(one: Tally, other: Tally): Tally {
  return {
    accepted: one.accepted + other.accepted,
    incomplete: one.incomplete + other.incomplete,
    repeated: one.repeated + other.repeated,
    rejected: one.rejected + other.rejected,
  };
}

/** Keeps the lines of a file as any events: those that hold one are judged, the others rejected for what is wrong with them. */
@Injectable()
export class KeepLines {
  constructor(
    private readonly events: AcceptEvents,
    private readonly lines: ImportLines,
  ) {}

  /** Resolves once all of them are kept, however often that has to be tried. Throws `Problem` 400 where a mended file is another one. */
  async keep(lines: readonly ReadLine[], origin: Origin): Promise<KeptLines> {
    const { importId, revision, taken, patience } = origin;
    const { events, others, skipped } = placed(lines, origin);
    if (taken?.isOfAnother(lines.at(-1)?.number ?? 0)) throw differs();
    if (taken)
      await patiently(() => this.lines.dropRejected([...events, ...others].map(({ place }) => place)), patience);
    const [one, other] = [await this.submit(events, 'record', origin), await this.submit(others, 'line', origin)];
    const rejected = new Set(one.rejected.map(({ line }) => line));
    const entries = events.flatMap(({ number, hash }) =>
      hash ? [{ hash, line: number, isRejected: rejected.has(number) }] : [],
    );
    await patiently(() => this.lines.save(importId, revision, entries), patience);
    const sum = sumOf(one.tally, other.tally);
    return {
      tally: { ...sum, repeated: sum.repeated + skipped },
      rejected: [...one.rejected, ...other.rejected].sort((before, after) => before.line - after.line),
      incomplete: one.incomplete,
    };
  }

  private async submit(
    lines: readonly PlacedValue[],
    format: Format,
    { senderOf, patience }: Origin,
  ): Promise<KeptLines> {
    if (lines.length === 0) return { tally: nothing, rejected: [], incomplete: [] };
    const events = lines.map(({ value }) => value);
    const places = lines.map(({ place }) => place);
    const { tally, rejected, incomplete } = await patiently(
      async () => this.events.take({ sender: await senderOf(), format, events, places, isFromFile: true }),
      patience,
    );
    return {
      tally,
      rejected: rejected.map(({ index, ...rejection }) => ({ line: lines[index]!.number, ...rejection })),
      incomplete: incomplete.map(({ index, ...told }) => ({ line: lines[index]!.number, ...told })),
    };
  }
}

/** What each line is known by. One that was accepted before is left out; one that was rejected keeps its place, and with it its id. */
function placed(lines: readonly ReadLine[], { importId, revision, taken, timeZone }: Origin) {
  const events: PlacedValue[] = [];
  const others: PlacedValue[] = [];
  let skipped = 0;
  for (const { number, said, content } of lines) {
    if (said === undefined) continue;
    const place = lineIdOf(importId, number, revision);
    if (!('event' in said)) {
      others.push({ number, place, value: said });
      continue;
    }
    const hash = hasOwnId(said.event) ? undefined : hashOf(content());
    const known = hash && taken?.take(hash);
    const value = recordOf(said, timeZone);
    if (!known) events.push({ number, place, value, hash });
    else if (known.isRejected) events.push({ number, place: lineIdOf(importId, known.line, known.revision), value });
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
    'None of the lines that were accepted are in this file as they were: send the whole file, mended, or the mended lines alone as an import of their own.',
  );
