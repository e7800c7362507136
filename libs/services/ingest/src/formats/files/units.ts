import type { FilePosition } from './stored-prefix.ts';
import {
  type FileFormat,
  type FileLine,
  type GroupKey,
  keptBytesOfLongLine,
  lineFeed,
  longestLineBytes,
  type ReadLine,
} from './line.ts';

/** The most lines of one event. Together, they may have as many bytes as one line. */
export const mostLinesOfEvent = 1_000;

/** Lines that are stored in one transaction: one line, or those of one event. */
export interface Unit {
  readonly lines: readonly FileLine[];
  /** Whether there are more lines or bytes than one event may have. Only the first are retained. */
  readonly isTooLong: boolean;
  /** The position in the file after them. */
  readonly until: FilePosition;
}

/** Groups consecutive lines of one event. */
export class Units {
  private open: (Open & { until: FilePosition }) | undefined;

  constructor(private readonly format: FileFormat) {}

  /** Adds a line, and returns the units that are complete now. */
  *add(line: FileLine, until: FilePosition): Generator<Unit> {
    const isAlone = line.number <= (this.format.headerLine?.() ?? 0);
    const key = isAlone ? 'alone' : (this.format.grouping?.keyOf(line) ?? 'alone');
    const { open } = this;
    if (open && (key === 'within' || (key !== 'alone' && isSameEvent(open, key)))) {
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

  /** Returns the last unit, at the end of the file. */
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

/** Whether a line belongs to the open event. Order numbers may be reused, so a line with another person is of another event. */
function isSameEvent(open: Open, { key, person }: GroupKey): boolean {
  if (key !== open.key) return false;
  const named = person.map((one, index) => [one, open.person[index]!] as const).filter(([one]) => one !== '');
  if (named.length === 0 || open.person.every((one) => one === '')) return true;
  return (
    named.every(([one, before]) => before === '' || one === before) && named.some(([one, before]) => one === before)
  );
}

/** Reads the lines of a unit. */
export function readUnit(format: FileFormat, { lines, isTooLong, until }: Unit): readonly ReadLine[] {
  const [first] = lines as readonly [FileLine];
  if (isTooLong) return [{ number: first.number, result: tooLong(lines, until), content: () => '' }];
  const alone = lines.filter((line) => lines.length === 1 || !format.grouping!.isReadable(line));
  const together = lines.filter((line) => !alone.includes(line));
  const read = alone.map((line): ReadLine => ({
    number: line.number,
    result: format.read(line),
    content: () => format.contentOf(line),
  }));
  if (together.length === 0) return read;
  const missing = read.find(({ result }) => result !== undefined);
  const content = () => together.map((line) => format.contentOf(line)).join('\n');
  const result = missing ? incompleteGroup(together, missing) : format.grouping!.read(together);
  return [{ number: together[0]!.number, result, content }, ...read];
}

/** An event that was accepted without one of its lines could not be corrected, because its id would be used. */
function incompleteGroup(lines: readonly FileLine[], { number }: ReadLine) {
  const reason = `line ${number}, which may belong to this event, is unreadable: correct it and send the file again`;
  return { code: 'line-unreadable', reason, bytes: beginningOf(lines) };
}

function tooLong(lines: readonly FileLine[], until: FilePosition) {
  const reason = `lines ${lines[0]!.number} to ${until.lines} form one event, which may have at most ${mostLinesOfEvent} lines and ${longestLineBytes} bytes`;
  return { code: 'event-too-long', reason, bytes: beginningOf(lines) };
}

function beginningOf(lines: readonly FileLine[]): Buffer {
  const whole = Buffer.concat(lines.flatMap(({ bytes }) => [bytes, Buffer.from([lineFeed])]));
  return Buffer.from(whole.subarray(0, keptBytesOfLongLine));
}
