/**
 * `npm run replay -- <folder>`: sends a year of data of a real grocer to the tracking API, as its tills would. The folder has the format of
 * "The Complete Journey" (84.51°). A second replay creates no duplicates: every event has its own id, which is the same in every replay that
 * is shifted (`--until`) by the same number of weeks.
 */
import { ensureReachable } from '../sestante/ensure-reachable.ts';
import { endWith } from '../sestante/fault.ts';
import { statusLine } from '../sestante/status-line.ts';
import { readTarget } from '../sestante/target.ts';
import { folderFrom, readJourney } from './journey.ts';
import { readOptions } from './options.ts';
import { replay } from './replay.ts';
import { ageOf, shiftedTo } from './shift.ts';

try {
  // npm runs scripts in the root of the workspace, not in the working directory of the user.
  const now = Date.now();
  const { folder: named, until } = readOptions(process.argv.slice(2), now);
  const folder = folderFrom(named, process.env['INIT_CWD'] ?? process.cwd());
  const target = readTarget(process.env);
  await ensureReachable(target.url);
  const journey = await readJourney(folder);
  const events = until === undefined ? journey : shiftedTo(journey, until);
  const line = statusLine();
  line.print(ageOf(events, now));
  const isWhole = await replay(target, events, line);
  if (!isWhole) process.exitCode = 1;
} catch (error) {
  endWith(error);
}
