/**
 * `npm run fuzz`: asks a running ingest for everything that its OpenAPI document allows, and for what it does not, and compares what it stored
 * with what it said. Finds answers above 499, answers that the document does not know, and events that are lost or counted twice.
 */
import { endWith } from '../sestante/fault.ts';
import { fuzz } from './fuzz.ts';
import { readOptions } from './options.ts';
import { report } from './report.ts';
import { startServer } from './server.ts';

try {
  const options = readOptions(process.argv.slice(2));
  const server = await startServer();
  try {
    const begunAt = performance.now();
    const findings = await fuzz(server, options);
    const { text, isFine } = report(findings);
    console.log(`Seed ${options.seed}, ${((performance.now() - begunAt) / 1_000).toFixed(1)} s.\n${text}`);
    if (!isFine) process.exitCode = 1;
  } finally {
    await server.stop();
  }
} catch (error) {
  endWith(error);
}
