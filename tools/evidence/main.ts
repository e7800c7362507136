/**
 * `npm run evidence -- <folder>`: scores the households of a grocer's data under the models of the project, and writes what the scores are worth to
 * `docs/evidence/<name of the folder>.md`. The folder has the format of "The Complete Journey" (84.51°), as for `npm run replay`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { folderFrom, readJourney } from '../replay/journey.ts';
import { endWith } from '../sestante/fault.ts';
import { count } from '../sestante/status-line.ts';
import { measure } from './measure.ts';
import { modelsFrom } from './models.ts';
import { readOptions } from './options.ts';
import { pageOf } from './page.ts';

try {
  // npm runs scripts in the root of the workspace, not in the working directory of the user.
  const workingDirectory = process.env['INIT_CWD'] ?? process.cwd();
  const options = readOptions(process.argv.slice(2));
  const folder = folderFrom(options.folder, workingDirectory);
  const models = modelsFrom(options.models, workingDirectory);
  const figures = measure(await readJourney(folder), models, { ...options, name: basename(folder) });
  for (const { model, scored, tookMs } of figures.models)
    console.log(`${model.version}: read, folded and scored ${count(scored.length)} households in ${count(tookMs)} ms`);
  const target = resolve(import.meta.dirname, `../../docs/evidence/${basename(folder)}.md`);
  mkdirSync(resolve(target, '..'), { recursive: true });
  writeFileSync(target, pageOf(figures));
  console.log(`Written: docs/evidence/${basename(folder)}.md (seed ${options.seed})`);
} catch (error) {
  endWith(error);
}
