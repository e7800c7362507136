import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, newSecret, minKeyLength } from '@sestante/runtime';

/** The secrets of a standalone installation. They are in `keys.json` of its data folder, which only its owner can read. */
export interface Keys {
  /** Write key of the first source. */
  readonly writeKey: string;
  /** API key of the administrator. */
  readonly apiKey: string;
  /** Password of the embedded Postgres. */
  readonly databasePassword: string;
}

/** Reads the keys. Generates missing ones and writes them to the file. */
export function readKeys(config: Config): Keys {
  return inFolder(config, (file) => {
    const stored = existsSync(file) ? parse(readFileSync(file, 'utf8')) : {};
    const keys: Keys = {
      writeKey: stored.writeKey ?? config.SESTANTE_WRITE_KEY ?? newSecret('wk_'),
      apiKey: stored.apiKey ?? config.SESTANTE_API_KEY ?? newSecret('ak_'),
      databasePassword: stored.databasePassword ?? newSecret(),
    };
    if (names.some((name) => stored[name] === undefined)) write(file, keys);
    return keys;
  });
}

/** Replaces keys by those of the configuration, and writes them to the file. Call it only after `openDatabase`: before, another process may use the folder. */
export function storeConfiguredKeys(config: Config, keys: Keys): Keys {
  const { SESTANTE_WRITE_KEY: writeKey = keys.writeKey, SESTANTE_API_KEY: apiKey = keys.apiKey } = config;
  if (writeKey === keys.writeKey && apiKey === keys.apiKey) return keys;
  return inFolder(config, (file) => {
    const configured = { ...keys, writeKey, apiKey };
    write(file, configured);
    return configured;
  });
}

function inFolder(config: Config, work: (file: string) => Keys): Keys {
  const folder = config.SESTANTE_DATA;
  try {
    mkdirSync(folder, { recursive: true });
    return work(join(folder, 'keys.json'));
  } catch (error) {
    throw new Error(
      `The data folder ${folder} cannot be used (set SESTANTE_DATA to use another one): ${(error as Error).message}`,
      { cause: error },
    );
  }
}

const names = ['writeKey', 'apiKey', 'databasePassword'] as const;

function parse(text: string): Partial<Keys> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Error(`keys.json is not JSON: ${(error as Error).message}`, { cause: error });
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new Error('keys.json must be a JSON object');
  const fields = content as Record<string, unknown>;
  const present = names.filter((name) => fields[name] !== undefined);
  for (const name of present) {
    const key = fields[name];
    if (typeof key !== 'string' || key.length < minKeyLength)
      throw new Error(`${name} in keys.json must be a string of at least ${minKeyLength} characters`);
  }
  return Object.fromEntries(present.map((name) => [name, fields[name]]));
}

/** Replaces the file atomically: without the password, the data would be lost. */
function write(file: string, keys: Keys): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}
