import { join } from 'node:path';
import { stringify } from 'yaml';
import { asyncapi } from '../src/asyncapi.ts';
import type { Topic } from '../src/topic.ts';
import { foreignTopics, topics } from '../src/topics.ts';
import { chapters } from '../src/vocabulary/vocabulary.ts';
import { publishedSchemas } from './published-schemas.ts';
import { vocabularyPage } from './vocabulary-page.ts';

const workspace = join(import.meta.dirname, '../../..');

/** The published schemas of this repository, in `libs/contracts/published`. */
export const published = publishedSchemas(join(workspace, 'libs/contracts/published'));
/** The schemas of all events, each once: an event may be on several topics. */
export const schemas = [
  ...new Set(
    Object.values<Topic>(topics).flatMap(({ events }) => Object.values(events).map(({ schema }) => schema as object)),
  ),
];

const warning = 'Generated from libs/contracts by npm run publish-contracts -w @sestante/contracts: do not edit.';

export const asyncapiFile = join(workspace, 'docs/asyncapi.yaml');
/** The expected content of the file. Readers of YAML 1.1 and of YAML 1.2 get the same document. */
export const asyncapiText = `# ${warning}\n${stringify(asyncapi(topics, foreignTopics), {
  compat: 'yaml-1.1',
  lineWidth: 0,
  aliasDuplicateObjects: false,
})}`;

export const vocabularyFile = join(workspace, 'docs/vocabulary.md');
/** The expected content of the file. */
export const vocabularyText = `<!-- ${warning} -->\n\n${vocabularyPage(chapters)}`;
