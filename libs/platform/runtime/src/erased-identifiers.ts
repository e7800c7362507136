import { createHmac, randomBytes } from 'node:crypto';
import { byteaArray } from '@sestante/postgres';
import type { ClientBase } from 'pg';

/**
 * SQL for the migration of a service that uses `ErasedIdentifiers`: the keyed hashes, each with the instant until which nothing may be stored; and the key,
 * which is made with the first erasure.
 */
export const erasedIdentifierTables = (schema: string): string => `
  create table ${schema}.erased_identifier (
    hash bytea primary key,
    erased_at timestamptz not null
  );
  create table ${schema}.erasure_key (
    id int primary key check (id = 1),
    key bytea not null
  );`;

export const dropErasedIdentifierTables = (schema: string): string =>
  `drop table ${schema}.erasure_key, ${schema}.erased_identifier`;

/**
 * Which identifiers are of persons who were erased, and when. They are stored as keyed hashes (HMAC-SHA256), so that whoever reads the table learns no
 * identifier. An identifier is the text `kind:value`.
 */
export class ErasedIdentifiers {
  /** Undefined until it is read; there is none before the first erasure. */
  private key: Buffer | undefined;
  private readonly schema: string;

  constructor(schema: string) {
    this.schema = schema;
  }

  /** When each of these identifiers was erased, in milliseconds since 1970. Those that were not are left out. */
  async find(client: ClientBase, identifiers: readonly string[]): Promise<Map<string, number>> {
    return this.findBy(client, await this.readKey(client), identifiers);
  }

  /** The same with a key that was read before, in one round trip with other statements. */
  async findBy(
    client: ClientBase,
    key: Buffer | undefined,
    identifiers: readonly string[],
  ): Promise<Map<string, number>> {
    if (!key || identifiers.length === 0) return new Map();
    const byHash = new Map(identifiers.map((identifier) => [hashOf(key, identifier).toString('hex'), identifier]));
    const { rows } = await client.query<{ hash: Buffer; erased_at: Date }>({
      name: `${this.schema}-find-erased-identifiers`,
      // `offset 0` makes the server look up each of them.
      text: `
        select e.* from unnest($1::bytea[]) as wanted (hash)
         cross join lateral (select hash, erased_at from ${this.schema}.erased_identifier where hash = wanted.hash offset 0) e`,
      values: [byteaArray([...byHash.keys()].map((hash) => Buffer.from(hash, 'hex')))],
    });
    return new Map(rows.map(({ hash, erased_at: at }) => [byHash.get(hash.toString('hex'))!, at.getTime()]));
  }

  /** Adds identifiers. One that was erased before gets the later instant. */
  async add(client: ClientBase, identifiers: readonly string[], erasedAt: Date): Promise<void> {
    await client.query(`insert into ${this.schema}.erasure_key (id, key) values (1, $1) on conflict do nothing`, [
      randomBytes(32),
    ]);
    // Not remembered: the transaction may have made it, and may be rolled back.
    const key = (await this.storedKey(client))!;
    await client.query(
      `insert into ${this.schema}.erased_identifier as e (hash, erased_at)
       select hash, $2 from unnest($1::bytea[]) as new (hash) order by hash
       on conflict (hash) do update set erased_at = greatest(e.erased_at, excluded.erased_at)`,
      [[...new Set(identifiers)].map((identifier) => hashOf(key, identifier)), erasedAt],
    );
  }

  /** The key, which is remembered; undefined before the first erasure. Not for a transaction that may have made it. */
  async readKey(client: ClientBase): Promise<Buffer | undefined> {
    return (this.key ??= await this.storedKey(client));
  }

  private async storedKey(client: ClientBase): Promise<Buffer | undefined> {
    const { rows } = await client.query<{ key: Buffer }>({
      name: `${this.schema}-erasure-key`,
      text: `select key from ${this.schema}.erasure_key where id = 1`,
    });
    return rows[0]?.key;
  }
}

function hashOf(key: Buffer, identifier: string): Buffer {
  return createHmac('sha256', key).update(identifier).digest();
}
