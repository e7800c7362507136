import { writeFileSync } from 'node:fs';
import { asyncapiFile, asyncapiText, published, schemas, vocabularyFile, vocabularyText } from './documents.ts';

try {
  for (const schema of schemas) await published.publish(schema);
  writeFileSync(asyncapiFile, asyncapiText);
  writeFileSync(vocabularyFile, vocabularyText);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
