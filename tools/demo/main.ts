/**
 * `npm run demo`: runs a simulated shop against a running Sestante and describes two of its customers. All data is invented.
 * Every run has its own people; the same `--seed` gives them the same history.
 */
import { ensureReachable } from '../sestante/ensure-reachable.ts';
import { endWith, Fault } from '../sestante/fault.ts';
import { statusLine } from '../sestante/status-line.ts';
import { readTarget, type Target } from '../sestante/target.ts';
import { demo } from './demo.ts';
import { readOptions } from './options.ts';

try {
  const options = readOptions(process.argv.slice(2));
  const target = readTarget(process.env);
  ensureKey(target);
  await ensureReachable(target.url);
  await demo(target, options, statusLine({ plainEveryMs: Number.POSITIVE_INFINITY }));
} catch (error) {
  endWith(error);
}

function ensureKey({ apiKey }: Target): void {
  if (!apiKey) throw new Fault('The demo needs an API key to read its results: set SESTANTE_API_KEY.');
}
