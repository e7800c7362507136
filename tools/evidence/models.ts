import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compileModel, InvalidModel, type Model } from '@sestante/engagement';
import { Fault } from '../sestante/fault.ts';

const folder = resolve(import.meta.dirname, '../../libs/services/scoring/models');
/** The models of the project: the former one, then the default one. */
const own = ['retail-1.json', 'retail-2.json'].map((file) => resolve(folder, file));

/** Reads and compiles the models of the command line, or those of the project. Throws `Fault`. */
export function modelsFrom(files: readonly string[], workingDirectory: string): Model[] {
  return (files.length > 0 ? files.map((file) => resolve(workingDirectory, file)) : own).map(modelIn);
}

/** All faults of the document, one a line. */
function reasonOf(error: unknown): string {
  if (!(error instanceof InvalidModel)) return String(error);
  return error.faults.map(({ place, message }) => `${place}: ${message}`).join('\n');
}

function modelIn(file: string): Model {
  try {
    return compileModel(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Fault(`${file} is not a valid model.\n${reasonOf(error)}`, { cause: error });
  }
}
