import { parseArgs } from 'node:util';
import { Fault } from '../sestante/fault.ts';

export interface Options {
  /** The folder as given; undefined if absent. */
  readonly folder: string | undefined;
  /** The files of the models, in the order of the page; without any: the models of the project. */
  readonly models: readonly string[];
  /** The instant of the scores, in milliseconds since 1970; undefined for the last midnight (UTC) before the last event. */
  readonly at: number | undefined;
  /** Whose scores are explained; undefined for the most frequent of the most silent households. */
  readonly household: string | undefined;
  /** The seed of the bootstrap intervals. */
  readonly seed: number;
  /** Whether only the parameters of the rhythm are fitted, on the data before the held-out weeks. */
  readonly isFit: boolean;
}

const usage =
  'npm run evidence -- <folder> [--fit] [--model <file>]… [--at 2018-01-01] [--household <id>] [--seed <whole number>]';

/** Reads the command line. Throws `Fault`. */
export function readOptions(args: readonly string[]): Options {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        fit: { type: 'boolean', default: false },
        model: { type: 'string', multiple: true, default: [] },
        at: { type: 'string' },
        household: { type: 'string' },
        seed: { type: 'string', default: '14' },
      },
      allowPositionals: true,
    });
    if (positionals.length > 1) throw new RangeError(positionals[1]);
    const at = values.at === undefined ? undefined : instantOf(values.at);
    const seed = seedOf(values.seed);
    return { folder: positionals[0], models: values.model, at, household: values.household, seed, isFit: values.fit };
  } catch {
    throw new Fault(`The arguments are not valid. Usage: ${usage}`);
  }
}

function instantOf(text: string): number {
  const at = Date.parse(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(at)) throw new RangeError(text);
  return at;
}

function seedOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(text);
  return Number(text);
}
