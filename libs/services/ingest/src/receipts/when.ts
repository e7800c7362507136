import { readInstant } from '../judge/time/read-instant.ts';
import type { Part } from './part.ts';

/** When it was, as the till writes it: the first of end, beginning and business day that is there. An end that is no instant gives way to a beginning that is one. */
export function whenOf(receipt: Part, day: string): unknown {
  const given = ['EndDateTime', 'BeginDateTime'].map((name) => receipt.at(name)).filter(({ isMissing }) => !isMissing);
  const readable = given.find((part) => readInstant(part.text, null) !== undefined);
  if (!readable) return given[0] ? given[0].text : day;
  if (readable !== given[0]) given[0]!.noteUnlike('an instant in ISO 8601');
  return readable.text;
}
