import { readInstant } from '../../judge/time/read-instant.ts';
import type { Part } from './part.ts';

/** A business day may be closed late, and a till may be a few days without its office. */
const furthestApartMs = 7 * 24 * 3_600_000;

/**
 * When it was, as the till writes it: the first of end, beginning and business day that is there. An end that is no instant, or far from the business
 * day, as of a clock that has lost its time, gives way to what can be.
 */
export function whenOf(receipt: Part, day: string): unknown {
  const given = ['EndDateTime', 'BeginDateTime'].map((name) => receipt.at(name)).filter(({ isMissing }) => !isMissing);
  const readable = given.filter((part) => atOf(part.text) !== undefined);
  if (given.length > 0 && readable.length === 0) return given[0]!.text;
  const dayAt = atOf(day);
  const isNear = ({ text }: Part) => dayAt === undefined || Math.abs(atOf(text)! - dayAt) <= furthestApartMs;
  const taken = readable.find(isNear);
  for (const part of given.slice(0, taken ? given.indexOf(taken) : given.length)) {
    if (!readable.includes(part)) part.noteUnlike('an instant in ISO 8601');
    else noteFar(part);
  }
  return taken ? taken.text : day;
}

const atOf = (text: unknown) => readInstant(text, null)?.at;

function noteFar({ path, faults }: Part): void {
  const reason = `${path} is more than 7 days from BusinessDayDate: it is not used`;
  faults.add({ code: 'timestamp-implausible', field: path, reason });
}
