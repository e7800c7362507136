import type { Keys } from './requests/credentials.ts';
import type { FileCount } from './ledger/ledger.ts';
import type { Server } from './server.ts';

const pages = 'fuzzing pages';
/** The name of the source of files. */
export const files = 'fuzzing files';

interface Source {
  readonly id: string;
  readonly name: string;
  readonly keys: readonly { readonly id: string }[];
}

interface ImportPage {
  readonly items: readonly Omit<FileCount, 'remaining'>[];
  readonly next: string | null;
}

/** Creates the sources of the fuzzer. Returns their keys, and all their ids, which requests must not change. */
export async function prepareSenders(server: Server): Promise<{
  readonly keys: Keys;
  readonly ids: ReadonlySet<string>;
  /** The key of a source by its name. */
  keyOf(source: string): string;
}> {
  const path = '/api/v1/sources';
  const browser = { name: pages, channel: 'web', key: 'browser', origins: ['*'] };
  const created = await ask<{ writeKey: string }>(server, path, browser);
  const ofFiles = { name: files, channel: 'other', key: 'secret' };
  const filing = await ask<{ writeKey: string }>(server, path, ofFiles);
  const { items } = await ask<{ items: Source[] }>(server, path);
  return {
    keys: { secret: server.writeKey, browser: created.writeKey, files: filing.writeKey, admin: server.apiKey },
    keyOf: (source) => (source === pages ? created.writeKey : server.writeKey),
    ids: new Set(items.flatMap(({ id, keys }) => [id, ...keys.map((key) => key.id)])),
  };
}

/** The counts of all imports. */
export async function countImported(server: Server): Promise<Omit<FileCount, 'remaining'>> {
  const count = { accepted: 0, rejected: 0, repeated: 0 };
  let before: string | null = null;
  do {
    const page: ImportPage = await ask(server, `/api/v1/imports?limit=500${before ? `&before=${before}` : ''}`);
    for (const { accepted, rejected, repeated } of page.items) {
      count.accepted += accepted;
      count.rejected += rejected;
      count.repeated += repeated;
    }
    before = page.next;
  } while (before);
  return count;
}

async function ask<T>({ url, apiKey }: Server, path: string, body?: object): Promise<T> {
  const response = await fetch(url + path, {
    headers: { authorization: `Bearer ${apiKey}` },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
}
