import { parseArgs } from 'node:util';
import { Fault } from '../sestante/fault.ts';

export interface Options {
  /** The folder as given; undefined if absent. */
  readonly folder: string | undefined;
  /** The latest time of the last event, in milliseconds since 1970; undefined for the original times. */
  readonly until: number | undefined;
}

const usage = 'npm run replay -- <folder> [--until now, or a date such as 2026-11-20]';

/** Reads the command line. Throws `Fault`. */
export function readOptions(args: readonly string[], now: number): Options {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { until: { type: 'string' } },
      allowPositionals: true,
    });
    if (positionals.length > 1) throw new RangeError(positionals[1]);
    return { folder: positionals[0], until: values.until === undefined ? undefined : instantOf(values.until, now) };
  } catch {
    throw new Fault(`The arguments are not valid. Usage: ${usage}`);
  }
}

function instantOf(text: string, now: number): number {
  const at = text === 'now' ? now : Date.parse(text);
  if (!/^(now$|\d{4}-\d\d-\d\d)/.test(text) || Number.isNaN(at)) throw new RangeError(text);
  return at;
}
