import { parseArgs } from 'node:util';
import { Fault } from '../sestante/fault.ts';

export interface Options {
  readonly seed: number;
  readonly shoppers: number;
}

const usage = 'npm run demo -- [--seed <whole number>] [--shoppers <20..400>]';

/** Reads the command line. The default seed is random. Throws `Fault`. */
export function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { seed: { type: 'string' }, shoppers: { type: 'string', default: '100' } },
    });
    const seed = wholeOf(values.seed ?? String(Math.floor(Math.random() * 10_000)), 0, 2 ** 32 - 1);
    return { seed, shoppers: wholeOf(values.shoppers, 20, 400) };
  } catch {
    throw new Fault(`The arguments are not valid. Usage: ${usage}`);
  }
}

function wholeOf(text: string, least: number, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most) throw new RangeError(text);
  return number;
}
