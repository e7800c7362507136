import { parseArgs } from 'node:util';
import { Fault } from '../sestante/fault.ts';

export interface Options {
  readonly requests: number;
  readonly seed: number;
}

const usage = 'npm run fuzz -- [--requests <whole number>] [--seed <whole number>]';

/** Parses the command line; the default seed is random. Throws `Fault` with the usage. */
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
    throw new Fault(`Invalid arguments. Usage: ${usage}`);
  }
}

function wholeOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(text);
  return Number(text);
}
