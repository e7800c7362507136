import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '@sestante/runtime';

/** The secrets of a standalone installation, in `keys.json` of its data folder, for its owner only. */
export interface Keys {
  /** Write key of the first source. */
  readonly writeKey: string;
  /** API key of the administrator. */
  readonly apiKey: string;
  /** Password of the embedded Postgres. */
  readonly databasePassword: string;
}

/** Reads the keys, and makes those that are missing. What the configuration names wins, and is written down. */
export function readKeys(config: Config): Keys {
  const folder = config.SESTANTE_DATA;
  const file = join(folder, 'keys.json');
  try {
    mkdirSync(folder, { recursive: true });
    const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Keys>) : {};
    const keys: Keys = {
      writeKey: config.SESTANTE_WRITE_KEY ?? known.writeKey ?? `wk_${random()}`,
      apiKey: config.SESTANTE_API_KEY ?? known.apiKey ?? `ak_${random()}`,
      databasePassword: known.databasePassword ?? random(),
    };
    writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
    return keys;
  } catch (error) {
    throw new Error(
      `The data folder ${folder} cannot be used (SESTANTE_DATA names another): ${(error as Error).message}`,
      { cause: error },
    );
  }
}

const random = () => randomBytes(24).toString('base64url');
