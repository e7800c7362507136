/**
 * `npm run fuzz`: sends valid and invalid requests for every route of the OpenAPI document to a running ingest, and compares the stored events
 * with its responses. Finds responses above 499, undocumented responses, and events that are lost or counted twice.
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
