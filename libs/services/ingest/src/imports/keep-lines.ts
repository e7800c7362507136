import { Injectable } from '@nestjs/common';
import { AcceptEvents } from '../accept/accept-events.ts';
import type { Tally } from '../accept/event-metrics.ts';
import type { Format } from '../accept/format.ts';
import type { Sender } from '../sources/source.ts';
import type { ReadLine } from './file/line.ts';
import { placeOf, type RejectedLine } from './import.ts';
import { recordOf } from './record.ts';
import { type Patience, patiently } from './patiently.ts';

/** Where lines come from. */
export interface Origin {
  readonly importId: string;
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
}

interface PlacedValue {
  readonly number: number;
  readonly value: unknown;
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
  constructor(private readonly events: AcceptEvents) {}

  /** Resolves once all of them are kept, however often that has to be tried. */
  async keep(lines: readonly ReadLine[], origin: Origin): Promise<KeptLines> {
    const events: PlacedValue[] = [];
    const others: PlacedValue[] = [];
    for (const { number, said } of lines) {
      if (said === undefined) continue;
      if ('event' in said) events.push({ number, value: recordOf(said, origin.timeZone) });
      else others.push({ number, value: said });
    }
    const [one, other] = [await this.submit(events, 'record', origin), await this.submit(others, 'line', origin)];
    return {
      tally: sumOf(one.tally, other.tally),
      rejected: [...one.rejected, ...other.rejected].sort((before, after) => before.line - after.line),
    };
  }

  private async submit(
    lines: readonly PlacedValue[],
    format: Format,
    { importId, senderOf, patience }: Origin,
  ): Promise<KeptLines> {
    if (lines.length === 0) return { tally: nothing, rejected: [] };
    const events = lines.map(({ value }) => value);
    const places = lines.map(({ number }) => placeOf(importId, number));
    const { tally, rejected } = await patiently(
      async () => this.events.take({ sender: await senderOf(), format, events, places, isFromFile: true }),
      patience,
    );
    return {
      tally,
      rejected: rejected.map(({ index, ...rejection }) => ({ line: lines[index]!.number, ...rejection })),
    };
  }
}
