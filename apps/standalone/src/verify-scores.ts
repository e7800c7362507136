import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startCluster } from '@sestante/postgres';
import { type Config, exitWithError, parseConfig } from '@sestante/runtime';
import { type Verification, verifyScores } from '@sestante/scoring';
import { readKeys } from './keys.ts';

/** A larger difference is no rounding. */
const largestRounding = 1e-6;
const usage = 'npm run verify:scores -- [--sample <number of customers>]';

/** Verifies the scores of all customers, or of a sample. Exits with 1 if one of them is not what its activities give. */
try {
  const { model, customers, largest, customerId } = await verify(
    parseConfig(process.env),
    sampleOf(process.argv.slice(2)),
  );
  const whose = customerId === undefined ? '' : `, of customer ${customerId}`;
  process.stdout.write(`${customers} customers under ${model}: the largest difference is ${largest} points${whose}\n`);
  process.exitCode = largest > largestRounding ? 1 : 0;
} catch (error) {
  exitWithError(error);
}

/** The number of customers; undefined for all. */
function sampleOf(args: string[]): number | undefined {
  const { sample } = parseArgs({ args, options: { sample: { type: 'string' } } }).values;
  if (sample !== undefined && !/^[1-9]\d{0,8}$/.test(sample)) throw new Error(`Invalid arguments. Usage: ${usage}`);
  return sample === undefined ? undefined : Number(sample);
}

/** In the database of DATABASE_URL, or else the embedded one, which is started if it is not running. */
async function verify(config: Config, sample: number | undefined): Promise<Verification> {
  if (config.DATABASE_URL) return verifyScores(config.DATABASE_URL, sample);
  const folder = join(resolve(config.SESTANTE_DATA), 'postgres');
  const cluster = await startCluster({ folder, password: readKeys(config).databasePassword });
  try {
    return await verifyScores(cluster.url, sample);
  } finally {
    if (!cluster.wasRunning) await cluster.stop();
  }
}
