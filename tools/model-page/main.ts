/** `npm run model-page`: writes `docs/retail-2.md`, which says what the default model makes of each activity. */
import { writeFileSync } from 'node:fs';
import { pageFile, pageText } from './page-file.ts';

writeFileSync(pageFile, pageText());
