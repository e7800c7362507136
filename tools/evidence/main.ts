/**
 * `npm run evidence -- <folder>`: scores the households of a grocer's data under the models of the project, and writes what the scores are worth to
 * `docs/evidence/<name of the folder>.md`. The folder has the format of "The Complete Journey" (84.51°), as for `npm run replay`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { folderFrom, readJourney } from '../replay/journey.ts';
import { endWith } from '../sestante/fault.ts';
import { count } from '../sestante/status-line.ts';
import { fitReport } from './fit.ts';
import { toHouseholds } from './households.ts';
import { lastMidnight, measure } from './measure.ts';
import { modelsFrom } from './models.ts';
import { readOptions } from './options.ts';
import { type Figures, pageOf } from './page.ts';

try {
  // npm runs scripts in the root of the workspace, not in the working directory of the user.
  const workingDirectory = process.env['INIT_CWD'] ?? process.cwd();
  const options = readOptions(process.argv.slice(2));
  const folder = folderFrom(options.folder, workingDirectory);
  const models = modelsFrom(options.models, workingDirectory);
  const events = await readJourney(folder);
  if (options.isFit) {
    const { seed, at = lastMidnight(events) } = options;
    console.log(fitReport(toHouseholds(events), models, { at, seed }));
  } else {
    write(measure(events, models, { ...options, name: basename(folder) }));
  }
} catch (error) {
  endWith(error);
}

function write(figures: Figures): void {
  for (const { model, scored, tookMs } of figures.models)
    console.log(`${model.version}: read, folded and scored ${count(scored.length)} households in ${count(tookMs)} ms`);
  const target = resolve(import.meta.dirname, `../../docs/evidence/${figures.name}.md`);
  mkdirSync(resolve(target, '..'), { recursive: true });
  writeFileSync(target, pageOf(figures));
  console.log(`Written: docs/evidence/${figures.name}.md (seed ${figures.seed})`);
}
