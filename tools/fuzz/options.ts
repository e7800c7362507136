import { parseArgs } from 'node:util';
import { Fault } from '../sestante/fault.ts';

export interface Options {
  readonly requests: number;
  readonly seed: number;
}

const usage = 'npm run fuzz -- [--requests <whole number>] [--seed <whole number>]';

/** What the command line asks for; a seed by chance where it names none. Throws `Fault`. */
export function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { requests: { type: 'string', default: '20000' }, seed: { type: 'string' } },
    });
    return {
      requests: wholeOf(values.requests),
      seed: wholeOf(values.seed ?? String(Math.floor(Math.random() * 1_000_000_000))),
    };
  } catch {
    throw new Fault(`That is not understood. ${usage}`);
  }
}

function wholeOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(text);
  return Number(text);
}
