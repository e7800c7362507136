import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { format } from 'prettier';
import { idOf } from '../src/asyncapi.ts';
import { incompatibilities } from '../src/evolution.ts';

const command = 'npm run publish-contracts -w @sestante/contracts';

/** The published schemas, one JSON file each. Producers, consumers and stored messages depend on them. */
export interface PublishedSchemas {
  /** How the declared schema differs from the published one, and what to do; undefined if they are equal. */
  problemOf(declared: object): string | undefined;
  /** The ids of published schemas that are no longer declared. */
  undeclared(declared: readonly object[]): string[];
  /** Publishes the schema. Rejects, and writes nothing, if it is incompatible with the schema published under its id. */
  publish(declared: object): Promise<void>;
}

export function publishedSchemas(folder: string): PublishedSchemas {
  const fileOf = (id: string) => join(folder, `${id}.json`);
  const incompatibilityOf = (declared: object): string | undefined => {
    const file = fileOf(idOf(declared));
    if (!existsSync(file)) return undefined;
    const faults = incompatibilities(read(file), plain(declared));
    return faults.length === 0 ? undefined : incompatibilityText(idOf(declared), faults);
  };

  return {
    problemOf(declared) {
      const id = idOf(declared);
      if (!existsSync(fileOf(id))) return `${id} is not published yet. Publish it: ${command}`;
      if (isDeepStrictEqual(read(fileOf(id)), plain(declared))) return undefined;
      return (
        incompatibilityOf(declared) ??
        `${id} has compatible changes that are not published. Publish it again: ${command}`
      );
    },
    undeclared(declared) {
      const ids = new Set(declared.map(idOf));
      return readdirSync(folder)
        .map((file) => file.replace(/\.json$/, ''))
        .filter((id) => !ids.has(id));
    },
    async publish(declared) {
      const fault = incompatibilityOf(declared);
      if (fault) throw new Error(fault);
      mkdirSync(folder, { recursive: true });
      const text = await format(JSON.stringify(declared), { parser: 'json', printWidth: 120 });
      writeFileSync(fileOf(idOf(declared)), text);
    },
  };
}

function incompatibilityText(id: string, faults: readonly string[]): string {
  const lines = faults.map((fault) => `  ${fault}`).join('\n');
  return `${id} is published and must not change in these ways:\n${lines}\nThe log contains old messages, and old readers run at the same time as new ones. Undo the change, or declare a new version.`;
}

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as object;
/** The schema as plain JSON, without the symbols of TypeBox. */
const plain = (schema: object) => JSON.parse(JSON.stringify(schema)) as object;
