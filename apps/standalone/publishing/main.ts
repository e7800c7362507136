import { writeFileSync } from 'node:fs';
import { documentOfAll, documents, fileOf, textOf } from './documents.ts';

for (const [name, document] of Object.entries({ ...documents, all: documentOfAll }))
  writeFileSync(fileOf(name), await textOf(document));
