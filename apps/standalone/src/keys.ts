import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, newSecret, shortestKey } from '@sestante/runtime';

/** The secrets of a standalone installation, in `keys.json` of its data folder, for its owner only. */
export interface Keys {
  /** Write key of the first source. */
  readonly writeKey: string;
  /** API key of the administrator. */
  readonly apiKey: string;
  /** Password of the embedded Postgres. */
  readonly databasePassword: string;
}

/** Reads the keys, and makes and writes down those that are missing. */
export function readKeys(config: Config): Keys {
  return inFolder(config, (file) => {
    const known = existsSync(file) ? parse(readFileSync(file, 'utf8')) : {};
    const keys: Keys = {
      writeKey: known.writeKey ?? config.SESTANTE_WRITE_KEY ?? newSecret('wk_'),
      apiKey: known.apiKey ?? config.SESTANTE_API_KEY ?? newSecret('ak_'),
      databasePassword: known.databasePassword ?? newSecret(),
    };
    if (names.some((name) => known[name] === undefined)) write(file, keys);
    return keys;
  });
}

/** The keys with those that the configuration names, which are written down. Only for whoever owns the folder: another may be at work there. */
export function keepNamedKeys(config: Config, keys: Keys): Keys {
  const { SESTANTE_WRITE_KEY: writeKey = keys.writeKey, SESTANTE_API_KEY: apiKey = keys.apiKey } = config;
  if (writeKey === keys.writeKey && apiKey === keys.apiKey) return keys;
  return inFolder(config, (file) => {
    const named = { ...keys, writeKey, apiKey };
    write(file, named);
    return named;
  });
}

function inFolder(config: Config, work: (file: string) => Keys): Keys {
  const folder = config.SESTANTE_DATA;
  try {
    mkdirSync(folder, { recursive: true });
    return work(join(folder, 'keys.json'));
  } catch (error) {
    throw new Error(
      `The data folder ${folder} cannot be used (SESTANTE_DATA names another): ${(error as Error).message}`,
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
    throw new Error('keys.json is no object with keys');
  const known = content as Record<string, unknown>;
  const given = names.filter((name) => known[name] !== undefined);
  for (const name of given) {
    const key = known[name];
    if (typeof key !== 'string' || key.length < shortestKey)
      throw new Error(`the ${name} in keys.json is no text of at least ${shortestKey} characters`);
  }
  return Object.fromEntries(given.map((name) => [name, known[name]]));
}

/** All of it or nothing: whoever lost the password would never see the data again. */
function write(file: string, keys: Keys): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}
