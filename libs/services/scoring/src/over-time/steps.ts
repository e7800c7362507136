import { Problem } from '@sestante/runtime';
import { parseInstant } from '../asked-instant.ts';

const hourMs = 3_600_000;
const stepMs = { hour: hourMs, day: 24 * hourMs, week: 168 * hourMs };
export type Step = keyof typeof stepMs;
export const steps = Object.keys(stepMs) as Step[];

const usualDays = 90;
export const mostSteps = 1_000;

/** A span of time with its steps. Instants are in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
  /** `from`, after each step, and `to`. */
  readonly instants: readonly number[];
}

/** The span of a request. It ends now and begins 90 days before its end, if nothing else is asked. Throws 400. */
export function spanOf(
  asked: { readonly from?: string; readonly to?: string; readonly step: Step },
  now: number,
): Span {
  const to = asked.to === undefined ? now : parseInstant('to', asked.to);
  const from = asked.from === undefined ? to - usualDays * stepMs.day : parseInstant('from', asked.from);
  if (from > to) throw new Problem(400, 'bad-span', '`from` must not be after `to`.');
  const step = stepMs[asked.step];
  const count = Math.ceil((to - from) / step);
  if (count > mostSteps)
    throw new Problem(
      400,
      'bad-span',
      `There may be at most ${mostSteps} steps, got ${count}. Ask for a longer \`step\`.`,
    );
  return { from, to, instants: [...Array.from({ length: count }, (_, index) => from + index * step), to] };
}
