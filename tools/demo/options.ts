import { parseArgs } from 'node:util';
import { Fault } from '../sestante/fault.ts';

export interface Options {
  readonly seed: number;
  readonly shoppers: number;
}

const usage = 'npm run demo -- [--seed <whole number>] [--shoppers <20..400>]';

/** What the command line asks for; a seed by chance where it names none. Throws `Fault`. */
export function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { seed: { type: 'string' }, shoppers: { type: 'string', default: '100' } },
    });
    const seed = wholeOf(values.seed ?? String(Math.floor(Math.random() * 10_000)), 0, 2 ** 32 - 1);
    return { seed, shoppers: wholeOf(values.shoppers, 20, 400) };
  } catch {
    throw new Fault(`That is not understood. ${usage}`);
  }
}

function wholeOf(text: string, least: number, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most) throw new RangeError(text);
  return number;
}
