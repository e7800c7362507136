import { parseArgs } from 'node:util';
import { Fault } from '../sestante/fault.ts';

export interface Options {
  /** As it was named; undefined where none was. */
  readonly folder: string | undefined;
  /** When the last event is to have happened at the latest, in milliseconds since 1970; undefined for as the data say. */
  readonly until: number | undefined;
}

const usage = 'npm run replay -- <folder> [--until now, or a day such as 2026-11-20]';

/** What the command line asks for. Throws `Fault`. */
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
    throw new Fault(`That is not understood. ${usage}`);
  }
}

function instantOf(text: string, now: number): number {
  const at = text === 'now' ? now : Date.parse(text);
  if (!/^(now$|\d{4}-\d\d-\d\d)/.test(text) || Number.isNaN(at)) throw new RangeError(text);
  return at;
}
