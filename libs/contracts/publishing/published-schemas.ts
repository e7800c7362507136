import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { format } from 'prettier';
import { idOf } from '../src/asyncapi.ts';
import { incompatibilities } from '../src/evolution.ts';

const command = 'npm run publish-contracts -w @sestante/contracts';

/** Schemas as they were published, one JSON file each: what producers, consumers and stored messages rely on. */
export interface PublishedSchemas {
  /** Why the declared schema cannot stand as it is, and what to do; undefined when it is what was published. */
  complaintAbout(declared: object): string | undefined;
  /** The ids of published schemas that are no longer among the declared ones. */
  missingFrom(declared: readonly object[]): string[];
  /** Publishes the schema. Rejects, and writes nothing, when it breaks what was published under its id. */
  publish(declared: object): Promise<void>;
}

export function publishedSchemas(folder: string): PublishedSchemas {
  const fileOf = (id: string) => join(folder, `${id}.json`);
  const breakageBy = (declared: object): string | undefined => {
    const file = fileOf(idOf(declared));
    if (!existsSync(file)) return undefined;
    const faults = incompatibilities(read(file), plain(declared));
    return faults.length === 0 ? undefined : breakage(idOf(declared), faults);
  };

  return {
    complaintAbout(declared) {
      const id = idOf(declared);
      if (!existsSync(fileOf(id))) return `${id} is not published yet. Publish it: ${command}`;
      if (isDeepStrictEqual(read(fileOf(id)), plain(declared))) return undefined;
      return breakageBy(declared) ?? `${id} has grown since it was published, compatibly. Publish it again: ${command}`;
    },
    missingFrom(declared) {
      const ids = new Set(declared.map(idOf));
      return readdirSync(folder)
        .map((file) => file.replace(/\.json$/, ''))
        .filter((id) => !ids.has(id));
    },
    async publish(declared) {
      const fault = breakageBy(declared);
      if (fault) throw new Error(fault);
      mkdirSync(folder, { recursive: true });
      const text = await format(JSON.stringify(declared), { parser: 'json', printWidth: 120 });
      writeFileSync(fileOf(idOf(declared)), text);
    },
  };
}

function breakage(id: string, faults: readonly string[]): string {
  const lines = faults.map((fault) => `  ${fault}`).join('\n');
  return `${id} is published and may not change like this:\n${lines}\nOld messages lie in the log, and old readers run beside new ones. Undo it, or declare the next version beside it.`;
}

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as object;
/** As it is in JSON, without what TypeBox hides in its schemas. */
const plain = (schema: object) => JSON.parse(JSON.stringify(schema)) as object;
