import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { notFound, Problem } from '../http/problem.ts';
import type { Role } from './access.ts';
import { fingerprintOf, hashOf, newSecret } from './secrets.ts';

/** How long a process may accept a key that another process has revoked. */
const cacheMs = 10_000;
/** The largest number of valid keys. */
export const maxApiKeys = 1_000;
/** The name of the key from the configuration. */
const configuredName = 'first';

/** A stored API key, without the key itself. */
export interface StoredApiKey {
  readonly keyId: string;
  readonly name: string;
  readonly role: Role;
  /** The last four characters. */
  readonly hint: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  /** When it expires; null if it does not. */
  readonly endsAt: Date | null;
}

/** The id, the name and the role of an API key. */
export type KeyHolder = Pick<StoredApiKey, 'keyId' | 'name' | 'role'>;

/** A new key. It is returned only once. */
export interface NewApiKey extends KeyHolder {
  readonly key: string;
}

const columns = `key_id as "keyId", name, role, hint, created_at as "createdAt", last_used_at as "lastUsedAt", ends_at as "endsAt"`;

/** Finds, creates, rotates and revokes API keys. Lookups are cached for 10 s. */
@Injectable()
export class ApiKeys {
  private readonly cache = new Map<string, { holder: KeyHolder | undefined; until: number }>();

  constructor(private readonly dataSource: DataSource) {}

  /** The holder of a valid key; undefined if the key is unknown, expired or revoked. */
  async findHolder(key: string): Promise<KeyHolder | undefined> {
    const hash = hashOf(key);
    const cached = this.cache.get(hash.toString('hex'));
    if (cached && cached.until > Date.now()) return cached.holder;
    const [[holder]] = await this.dataSource.query<[KeyHolder[], number]>(
      `update access.api_key set last_used_at = now() where hash = $1 and (ends_at is null or ends_at > now())
       returning key_id as "keyId", name, role`,
      [hash],
    );
    if (this.cache.size > 1_000) this.cache.clear();
    this.cache.set(hash.toString('hex'), { holder, until: Date.now() + cacheMs });
    return holder;
  }

  /** Stores the key of the configuration with the role `admin`. The key of an earlier configuration stays valid and can be revoked. */
  async storeConfigured(key: string): Promise<void> {
    const { hash, hint } = fingerprintOf(key);
    await this.dataSource.query('update access.api_key set is_configured = false where is_configured and hash <> $1', [
      hash,
    ]);
    await this.dataSource.query(
      `insert into access.api_key (name, role, hash, hint, is_configured) values ($1, 'admin', $2, $3, true)
       on conflict (hash) do update set role = 'admin', is_configured = true, ends_at = null`,
      [configuredName, hash, hint],
    );
    this.cache.clear();
  }

  async list(): Promise<StoredApiKey[]> {
    return this.dataSource.query<StoredApiKey[]>(
      `select ${columns} from access.api_key where ends_at is null or ends_at > now() order by created_at, key_id`,
    );
  }

  /** Throws 409 if there are too many keys. */
  async create(name: string, role: Role): Promise<NewApiKey> {
    return add(this.dataSource.manager, name, role);
  }

  /** Creates a key that replaces another one, which expires at `endsAt`. Throws 404, and 409 if the key is configured or has been rotated already. */
  async rotate(keyId: string, endsAt: Date): Promise<NewApiKey> {
    const created = await this.dataSource.transaction(async (manager) => {
      const { name, role } = await end(manager, keyId, endsAt);
      return add(manager, name, role);
    });
    this.cache.clear();
    return created;
  }

  /** Makes the key invalid. Throws 404, and 409 if the key is configured. */
  async revoke(keyId: string): Promise<void> {
    await this.dataSource.transaction((manager) => end(manager, keyId, new Date(0)));
    this.cache.clear();
  }
}

async function add(manager: EntityManager, name: string, role: Role): Promise<NewApiKey> {
  const key = newSecret('ak_');
  const { hash, hint } = fingerprintOf(key);
  const [row] = await manager.query<{ keyId: string }[]>(
    `insert into access.api_key (name, role, hash, hint)
     select $1, $2, $3, $4 where (select count(*) from access.api_key where ends_at is null or ends_at > now()) < $5
     returning key_id as "keyId"`,
    [name, role, hash, hint, maxApiKeys],
  );
  if (!row) throw new Problem(409, 'too-many-keys', `There can be at most ${maxApiKeys} API keys. Revoke one first.`);
  return { keyId: row.keyId, name, role, key };
}

async function end(manager: EntityManager, keyId: string, endsAt: Date): Promise<Pick<StoredApiKey, 'name' | 'role'>> {
  const [key] = await manager.query<{ name: string; role: Role; isConfigured: boolean; endsAt: Date | null }[]>(
    `select name, role, is_configured as "isConfigured", ends_at as "endsAt" from access.api_key
      where key_id = $1 and (ends_at is null or ends_at > now()) for update`,
    [keyId],
  );
  if (!key) throw notFound('API key');
  if (key.isConfigured)
    throw new Problem(
      409,
      'key-configured',
      'The API key is set by SESTANTE_API_KEY. Change the variable and restart the service.',
    );
  const isRotated = key.endsAt !== null && endsAt.getTime() > 0;
  if (isRotated) throw new Problem(409, 'key-ending', 'The API key has been rotated already and expires by itself.');
  await manager.query('update access.api_key set ends_at = $2 where key_id = $1', [keyId, endsAt]);
  return key;
}
