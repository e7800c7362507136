import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { vocabulary } from '@sestante/contracts';
import { compileModel, describe } from '@sestante/engagement';
import { modelPage } from './model-page.ts';

const root = resolve(import.meta.dirname, '../..');

export const pageFile = resolve(root, 'docs/retail-2.md');

/** The expected content of the file. */
export function pageText(): string {
  const document: unknown = JSON.parse(
    readFileSync(resolve(root, 'libs/services/scoring/models/retail-2.json'), 'utf8'),
  );
  return modelPage(describe(compileModel(document)), Object.keys(vocabulary));
}
