import type { Keys } from './requests/credentials.ts';
import type { Server } from './server.ts';

interface Source {
  readonly id: string;
  readonly name: string;
  readonly keys: readonly { readonly id: string }[];
}

/** The sources that the fuzzer sends from, and which it leaves as they are: their keys, and all their ids. */
export async function prepareSenders({ url, writeKey, apiKey }: Server): Promise<{
  readonly keys: Keys;
  readonly ids: ReadonlySet<string>;
  /** The key of a source, by its name. */
  keyOf(source: string): string;
}> {
  const asked = async <T>(init: RequestInit): Promise<T> => {
    const response = await fetch(`${url}/api/v1/sources`, { ...init, headers: { authorization: `Bearer ${apiKey}` } });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as T;
  };
  const pages = 'fuzzing pages';
  const browser = { name: pages, channel: 'web', key: 'browser', origins: ['*'] };
  const made = await asked<{ writeKey: string }>({ method: 'POST', body: JSON.stringify(browser) });
  const { items } = await asked<{ items: Source[] }>({ method: 'GET' });
  return {
    keys: { secret: writeKey, browser: made.writeKey, admin: apiKey },
    keyOf: (source) => (source === pages ? made.writeKey : writeKey),
    ids: new Set(items.flatMap(({ id, keys }) => [id, ...keys.map((key) => key.id)])),
  };
}
