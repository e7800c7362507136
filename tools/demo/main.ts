/**
 * `npm run demo`: a simulated shop comes alive against a running Sestante, and two of its customers are told about. Data are invented.
 * Every run has people of its own; `--seed` gives them the same lives again.
 */
import { endWith, Fault } from '../sestante/fault.ts';
import { Away, request } from '../sestante/request.ts';
import { statusLine } from '../sestante/status-line.ts';
import { readTarget, type Target } from '../sestante/target.ts';
import { demo } from './demo.ts';
import { readOptions } from './options.ts';

try {
  const options = readOptions(process.argv.slice(2));
  const target = readTarget(process.env);
  await ensureThere(target);
  await demo(target, options, statusLine({ elsewhereEveryMs: Number.POSITIVE_INFINITY }));
} catch (error) {
  endWith(error);
}

async function ensureThere({ url, apiKey }: Target): Promise<void> {
  if (!apiKey) throw new Fault('The demo needs an API key, to show what it caused: set SESTANTE_API_KEY.');
  await request(`${url}/health/live`).catch((error: unknown) => {
    if (!(error instanceof Away)) throw error;
    throw new Fault(`No Sestante answers at ${url} (${error.message}). Start it in another terminal: npm start`);
  });
}
