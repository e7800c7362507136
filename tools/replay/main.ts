/**
 * `npm run replay -- <folder>`: sends a year of a real grocer through the tracking API, as its tills would have. The folder is shaped as
 * "The Complete Journey" (84.51°). Run again it doubles nothing: every event has an id of its own, the same in every
 * replay that is moved (`--until`) by the same weeks.
 */
import { ensureThere } from '../sestante/ensure-there.ts';
import { endWith } from '../sestante/fault.ts';
import { statusLine } from '../sestante/status-line.ts';
import { readTarget } from '../sestante/target.ts';
import { folderFrom, readJourney } from './journey.ts';
import { readOptions } from './options.ts';
import { replay } from './replay.ts';
import { ageOf, shiftedTo } from './shift.ts';

try {
  // npm runs scripts at the top of the workspace, wherever it was called.
  const now = Date.now();
  const { folder: named, until } = readOptions(process.argv.slice(2), now);
  const folder = folderFrom(named, process.env['INIT_CWD'] ?? process.cwd());
  const target = readTarget(process.env);
  await ensureThere(target.url);
  const journey = await readJourney(folder);
  const events = until === undefined ? journey : shiftedTo(journey, until);
  const line = statusLine();
  line.say(ageOf(events, now));
  const isWhole = await replay(target, events, line);
  if (!isWhole) process.exitCode = 1;
} catch (error) {
  endWith(error);
}
