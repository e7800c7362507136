import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from './fault.ts';

/** The address and the keys of a running Sestante. */
export interface Target {
  /** The address without a trailing slash. */
  readonly url: string;
  /** The key to send events. */
  readonly writeKey: string;
  /** The key to read results; undefined if not given. */
  readonly apiKey: string | undefined;
  /** The source of the keys: a file or a variable. */
  readonly keysFrom: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the address from SESTANTE_URL (or PORT), and the keys from SESTANTE_WRITE_KEY and SESTANTE_API_KEY, or else from the file that
 * `npm start` wrote into the folder SESTANTE_DATA. An empty variable counts as not set. Throws `Fault`.
 */
export function readTarget(environment: Environment): Target {
  const url = addressOf(environment);
  const file = join(environment['SESTANTE_DATA'] || '.sestante', 'keys.json');
  const fromFile = readKeys(file);
  const writeKey = environment['SESTANTE_WRITE_KEY'] || fromFile.writeKey;
  if (!writeKey)
    throw new Fault(
      `No keys: ${file} does not exist. Start Sestante first (npm start), or set SESTANTE_DATA to its folder, or SESTANTE_WRITE_KEY.`,
    );
  const keysFrom = environment['SESTANTE_WRITE_KEY'] ? 'SESTANTE_WRITE_KEY' : file;
  return { url, writeKey, apiKey: environment['SESTANTE_API_KEY'] || fromFile.apiKey || undefined, keysFrom };
}

function addressOf(environment: Environment): string {
  const given = environment['SESTANTE_URL'] || `http://127.0.0.1:${environment['PORT'] || 4600}`;
  if (!URL.canParse(given) || !/^https?:/.test(given))
    throw new Fault(`SESTANTE_URL must be an address such as http://127.0.0.1:4600, got ${given}`);
  return given.replace(/\/+$/, '');
}

function readKeys(file: string): { writeKey?: string; apiKey?: string } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Fault(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  try {
    return JSON.parse(text) as { writeKey?: string; apiKey?: string };
  } catch (error) {
    throw new Fault(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}
