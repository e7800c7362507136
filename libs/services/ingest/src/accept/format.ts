import type { Reception } from '../judge/activity-time.ts';
import { judge, rejected, type Verdict } from '../judge/judge.ts';
import type { Source } from '../sources/source.ts';

/** The forms in which events come. */
export type Format = 'tracking';

type Read = (value: unknown) => unknown;

/** How each is read as an event of the tracking API, which is what is judged. */
const readers: Readonly<Record<Format, Read>> = { tracking: (value) => value };

/** Whether the events of a source are kept as rejected ones for now, to be driven again when it goes on. */
export interface Pausable {
  readonly isPaused: boolean;
}

/** Judges one event of a source by itself, in the form in which it came. */
export function judgeAs(format: Format, value: unknown, source: Source & Pausable, reception: Reception): Verdict {
  const event = readers[format](value);
  if (source.isPaused) return rejected(event, 'source-paused', 'the source is paused');
  return judge(event, source, reception);
}
