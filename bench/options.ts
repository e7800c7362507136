import { parseArgs } from 'node:util';

/** How the suite is asked to run. */
export interface Options {
  readonly isQuick: boolean;
  /** Names of the benchmarks to run; all when empty. */
  readonly only: readonly string[];
  readonly runs: number;
  readonly profiles: string | undefined;
}

export const usage = `npm run bench -- [--quick] [--only <name>]… [--runs <n>] [--profile <folder>]

  --quick    few events and one run, to see that it works
  --only     this benchmark alone; may be given several times
  --runs     how often each is measured (3)
  --profile  write CPU profiles of the servers into the folder

Only a whole run writes bench/report.md; others print what they found.`;

/** Throws with a sentence and the usage for anything it does not know. */
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
    throw new Error(`There is no benchmark ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  const runs = values.runs === undefined ? (values.quick ? 1 : 3) : Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs must be a whole number above 0.');
  return { isQuick: values.quick, only: values.only, runs, profiles: values.profile };
}
