/**
 * `npm run demo`: a simulated shop comes alive against a running Sestante, and two of its customers are told about. Data are invented.
 * Every run has people of its own; `--seed` gives them the same lives again.
 */
import { ensureThere } from '../sestante/ensure-there.ts';
import { endWith, Fault } from '../sestante/fault.ts';
import { statusLine } from '../sestante/status-line.ts';
import { readTarget, type Target } from '../sestante/target.ts';
import { demo } from './demo.ts';
import { readOptions } from './options.ts';

try {
  const options = readOptions(process.argv.slice(2));
  const target = readTarget(process.env);
  ensureKey(target);
  await ensureThere(target.url);
  await demo(target, options, statusLine({ elsewhereEveryMs: Number.POSITIVE_INFINITY }));
} catch (error) {
  endWith(error);
}

function ensureKey({ apiKey }: Target): void {
  if (!apiKey) throw new Fault('The demo needs an API key, to show what it caused: set SESTANTE_API_KEY.');
}
