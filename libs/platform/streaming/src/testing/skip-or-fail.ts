import { test } from '@jest/globals';

/**
 * Skips tests whose program is missing, under a name that contains the first line of the reason. If they are required, as with `CI=true`,
 * it throws the reason instead.
 */
export function skipOrFail(name: string, missing: string, isRequired = process.env['CI'] === 'true'): void {
  if (isRequired) throw new Error(missing);
  const notRun = `${name}: not run. ${missing.split('\n')[0]}`;
  // Jest counts skipped suites, but does not name them.
  process.stderr.write(`SKIPPED ${notRun}\n`);
  test.skip(notRun, () => {});
}
