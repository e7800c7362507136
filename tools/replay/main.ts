/**
 * `npm run replay -- <folder>`: sends a year of a real grocer through the tracking API, as its tills would have. The folder is shaped as
 * "The Complete Journey" (84.51°). Run again it doubles nothing: every event has an id of its own, the same in every replay.
 */
import { ensureThere } from '../sestante/ensure-there.ts';
import { endWith } from '../sestante/fault.ts';
import { statusLine } from '../sestante/status-line.ts';
import { readTarget } from '../sestante/target.ts';
import { folderFrom, readJourney } from './journey.ts';
import { replay } from './replay.ts';

try {
  // npm runs scripts at the top of the workspace, wherever it was called.
  const folder = folderFrom(process.argv[2], process.env['INIT_CWD'] ?? process.cwd());
  const target = readTarget(process.env);
  await ensureThere(target.url);
  const events = await readJourney(folder);
  const isWhole = await replay(target, events, statusLine());
  if (!isWhole) process.exitCode = 1;
} catch (error) {
  endWith(error);
}
