import { parseArgs } from 'node:util';

/** The options of the command line. */
export interface Options {
  readonly isQuick: boolean;
  /** Names of the benchmarks to run; all when empty. */
  readonly only: readonly string[];
  readonly runs: number;
  readonly profiles: string | undefined;
}

export const usage = `npm run bench -- [--quick] [--only <name>]… [--runs <n>] [--profile <folder>]

  --quick    few events and one run, to check that it works
  --only     only this benchmark; may be given several times
  --runs     the number of runs of each benchmark (3)
  --profile  write CPU profiles of the servers into the folder

Only a full run writes bench/report.md; others print their results.`;

/** Reads the command line. Throws for unknown options and values. */
export function readOptions(args: readonly string[], names: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      runs: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const unknown = values.only.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new Error(`Unknown benchmark: ${unknown.join(', ')}. Known benchmarks: ${names.join(', ')}.`);
  const runs = values.runs === undefined ? (values.quick ? 1 : 3) : Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs must be a whole number of at least 1.');
  return { isQuick: values.quick, only: values.only, runs, profiles: values.profile };
}
