import { writeFileSync } from 'node:fs';
import { documents, fileOf, textOf } from './documents.ts';

for (const [service, document] of Object.entries(documents)) writeFileSync(fileOf(service), await textOf(document));
