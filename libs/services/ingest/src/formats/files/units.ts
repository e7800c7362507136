import type { Place } from './beginning.ts';
import {
  type FileFormat,
  type FileLine,
  type GroupKey,
  keptBytesOfLongLine,
  lineFeed,
  longestLineBytes,
  type ReadLine,
} from './line.ts';

/** The most lines of one event, which have as many bytes at most as a line may have. */
export const mostLinesOfEvent = 1_000;

/** Lines that are kept together or not at all: one, or those of one event. */
export interface Unit {
  readonly lines: readonly FileLine[];
  /** There are more lines or bytes than one event may have. They are not gathered; these are the first. */
  readonly isTooLong: boolean;
  /** How far the file is kept when they are. */
  readonly until: Place;
}

/** Gathers the lines of one event as they come. */
export class Units {
  private open: (Open & { until: Place }) | undefined;

  constructor(private readonly format: FileFormat) {}

  /** What is whole now, as far as the file has come with this line. */
  *take(line: FileLine, until: Place): Generator<Unit> {
    const isAlone = line.number <= (this.format.headerLine?.() ?? 0);
    const key = isAlone ? 'alone' : (this.format.grouping?.keyOf(line) ?? 'alone');
    const { open } = this;
    if (open && (key === 'within' || (key !== 'alone' && goesOn(open, key)))) {
      if (key !== 'within') open.person = open.person.map((named, index) => named || key.person[index]!);
      open.until = until;
      open.bytes += line.bytes.length;
      open.isTooLong ||= open.lines.length >= mostLinesOfEvent || open.bytes > longestLineBytes;
      if (!open.isTooLong) open.lines.push(line);
      return;
    }
    yield* this.end();
    if (typeof key === 'string') yield { lines: [line], isTooLong: false, until };
    else this.open = { ...key, lines: [line], bytes: line.bytes.length, isTooLong: false, until };
  }

  /** Nothing more comes. */
  *end(): Generator<Unit> {
    const { open } = this;
    this.open = undefined;
    if (open) yield { lines: open.lines, isTooLong: open.isTooLong, until: open.until };
  }
}

interface Open extends GroupKey {
  person: readonly string[];
  readonly lines: FileLine[];
  bytes: number;
  isTooLong: boolean;
}

/** Whether a line is of the event that is open. Numbers begin again, and orders of two people are two: a line that names another person is not. */
function goesOn(open: Open, { key, person }: GroupKey): boolean {
  if (key !== open.key) return false;
  const named = person.map((one, index) => [one, open.person[index]!] as const).filter(([one]) => one !== '');
  if (named.length === 0 || open.person.every((one) => one === '')) return true;
  return (
    named.every(([one, before]) => before === '' || one === before) && named.some(([one, before]) => one === before)
  );
}

/** What the lines of a unit say. */
export function readUnit(format: FileFormat, { lines, isTooLong, until }: Unit): readonly ReadLine[] {
  const [first] = lines as readonly [FileLine];
  if (isTooLong) return [{ number: first.number, said: tooLong(lines, until), content: () => '' }];
  const alone = lines.filter((line) => lines.length === 1 || !format.grouping!.isReadable(line));
  const together = lines.filter((line) => !alone.includes(line));
  const read = alone.map((line): ReadLine => ({
    number: line.number,
    said: format.read(line),
    content: () => format.contentOf(line),
  }));
  if (together.length === 0) return read;
  const missing = read.find(({ said }) => said !== undefined);
  const content = () => together.map((line) => format.contentOf(line)).join('\n');
  const said = missing ? notWhole(together, missing) : format.grouping!.read(together);
  return [{ number: together[0]!.number, said, content }, ...read];
}

/** An event that was taken without a line could not be mended: its id would be used. */
function notWhole(lines: readonly FileLine[], { number }: ReadLine) {
  const reason = `line ${number}, which may belong to this event, could not be read: mend it, and send the file again`;
  return { code: 'line-unreadable', reason, bytes: beginningOf(lines) };
}

function tooLong(lines: readonly FileLine[], until: Place) {
  const reason = `lines ${lines[0]!.number} to ${until.lines} make one event: it may have ${mostLinesOfEvent} lines and ${longestLineBytes} bytes`;
  return { code: 'event-too-long', reason, bytes: beginningOf(lines) };
}

function beginningOf(lines: readonly FileLine[]): Buffer {
  const whole = Buffer.concat(lines.flatMap(({ bytes }) => [bytes, Buffer.from([lineFeed])]));
  return Buffer.from(whole.subarray(0, keptBytesOfLongLine));
}
