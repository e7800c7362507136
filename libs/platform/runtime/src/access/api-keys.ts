import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { notFound, Problem } from '../http/problem.ts';
import type { Role } from './access.ts';
import { fingerprintOf, hashOf, newSecret } from './secrets.ts';

/** So long a process may take a key that another one has revoked. */
const rememberMs = 10_000;
/** So many keys there may be. */
export const mostApiKeys = 1_000;
/** Of the key that comes from the configuration. */
const configured = 'first';

/** An API key as it is kept: the key itself is not. */
export interface KeptApiKey {
  readonly keyId: string;
  readonly name: string;
  readonly role: Role;
  /** The last four signs. */
  readonly hint: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  /** When it will be worth nothing; null where nothing is said. */
  readonly endsAt: Date | null;
}

/** Whose API key it is, and what it may do. */
export type KeyHolder = Pick<KeptApiKey, 'keyId' | 'name' | 'role'>;

/** A key that was just made. It is shown once. */
export interface NewApiKey extends KeyHolder {
  readonly key: string;
}

const columns = `key_id as "keyId", name, role, hint, created_at as "createdAt", last_used_at as "lastUsedAt", ends_at as "endsAt"`;

/** API keys, and who holds them. Answers are remembered for 10 s. */
@Injectable()
export class ApiKeys {
  private readonly remembered = new Map<string, { holder: KeyHolder | undefined; until: number }>();

  constructor(private readonly dataSource: DataSource) {}

  async holderOf(key: string): Promise<KeyHolder | undefined> {
    const hash = hashOf(key);
    const known = this.remembered.get(hash.toString('hex'));
    if (known && known.until > Date.now()) return known.holder;
    const [[holder]] = await this.dataSource.query<[KeyHolder[], number]>(
      `update access.api_key set last_used_at = now() where hash = $1 and (ends_at is null or ends_at > now())
       returning key_id as "keyId", name, role`,
      [hash],
    );
    if (this.remembered.size > 1_000) this.remembered.clear();
    this.remembered.set(hash.toString('hex'), { holder, until: Date.now() + rememberMs });
    return holder;
  }

  /** Makes sure that the key of the configuration is one of an administrator. One of an earlier configuration can be revoked then. */
  async keepConfigured(key: string): Promise<void> {
    const { hash, hint } = fingerprintOf(key);
    await this.dataSource.query('update access.api_key set is_configured = false where is_configured and hash <> $1', [
      hash,
    ]);
    await this.dataSource.query(
      `insert into access.api_key (name, role, hash, hint, is_configured) values ($1, 'admin', $2, $3, true)
       on conflict (hash) do update set role = 'admin', is_configured = true, ends_at = null`,
      [configured, hash, hint],
    );
    this.remembered.clear();
  }

  async list(): Promise<KeptApiKey[]> {
    return this.dataSource.query<KeptApiKey[]>(
      `select ${columns} from access.api_key where ends_at is null or ends_at > now() order by created_at, key_id`,
    );
  }

  /** Throws 409 where there are too many. */
  async make(name: string, role: Role): Promise<NewApiKey> {
    return add(this.dataSource.manager, name, role);
  }

  /** Makes a key in the place of another one, which ends then. Throws 404, and 409 for one of the configuration, or one that ends already. */
  async rotate(keyId: string, endsAt: Date): Promise<NewApiKey> {
    const made = await this.dataSource.transaction(async (manager) => {
      const { name, role } = await end(manager, keyId, endsAt);
      return add(manager, name, role);
    });
    this.remembered.clear();
    return made;
  }

  /** The key is worth nothing any more. Throws 404, and 409 for one of the configuration. */
  async revoke(keyId: string): Promise<void> {
    await this.dataSource.transaction((manager) => end(manager, keyId, new Date(0)));
    this.remembered.clear();
  }
}

async function add(manager: EntityManager, name: string, role: Role): Promise<NewApiKey> {
  const key = newSecret('ak_');
  const { hash, hint } = fingerprintOf(key);
  const [row] = await manager.query<{ keyId: string }[]>(
    `insert into access.api_key (name, role, hash, hint)
     select $1, $2, $3, $4 where (select count(*) from access.api_key where ends_at is null or ends_at > now()) < $5
     returning key_id as "keyId"`,
    [name, role, hash, hint, mostApiKeys],
  );
  if (!row) throw new Problem(409, 'too-many-keys', `There are ${mostApiKeys} API keys at most: revoke one first.`);
  return { keyId: row.keyId, name, role, key };
}

async function end(manager: EntityManager, keyId: string, endsAt: Date): Promise<Pick<KeptApiKey, 'name' | 'role'>> {
  const [key] = await manager.query<{ name: string; role: Role; isConfigured: boolean; endsAt: Date | null }[]>(
    `select name, role, is_configured as "isConfigured", ends_at as "endsAt" from access.api_key
      where key_id = $1 and (ends_at is null or ends_at > now()) for update`,
    [keyId],
  );
  if (!key) throw notFound('API key');
  if (key.isConfigured)
    throw new Problem(409, 'key-configured', 'This key comes from SESTANTE_API_KEY: change it there, and start again.');
  const isRotated = key.endsAt !== null && endsAt.getTime() > 0;
  if (isRotated) throw new Problem(409, 'key-ending', 'This key has been rotated already, and ends by itself.');
  await manager.query('update access.api_key set ends_at = $2 where key_id = $1', [keyId, endsAt]);
  return key;
}
