import { isUniqueViolation } from '@sestante/postgres';
import { Injectable } from '@nestjs/common';
import { fingerprintOf, notFound, Problem } from '@sestante/runtime';
import { DataSource, type EntityManager, IsNull, MoreThan, QueryFailedError } from 'typeorm';
import { newKey } from './keys.ts';
import { Senders } from './senders.ts';
import type { NewKey, KeyResponse, SourceResponse } from './source-response.ts';
import type { KeyKind } from '../types/source.ts';
import { type SourceKeyRow, sourceKeyTable, type SourceRow, sourceTable } from './source.table.ts';

/** The most valid keys of each kind per source: the current one and the next one. */
export const mostKeys = 2;

export type Settings = Omit<SourceRow, 'id' | 'createdAt'>;

/** The sources and their write keys. */
@Injectable()
export class Sources {
  constructor(
    private readonly dataSource: DataSource,
    private readonly senders: Senders,
  ) {}

  /** All sources, sorted by name. */
  async list(): Promise<SourceResponse[]> {
    const rows = await this.dataSource.getRepository(sourceTable).find({ order: { name: 'asc' } });
    const keys = await this.validKeys();
    return rows.map((row) => ({ ...row, keys: keys.filter(({ sourceId }) => sourceId === row.id).map(toKeyResponse) }));
  }

  async get(id: string): Promise<SourceResponse> {
    const row = await this.dataSource.getRepository(sourceTable).findOne({ where: { id } });
    if (!row) throw notFound('source');
    return { ...row, keys: (await this.validKeys(id)).map(toKeyResponse) };
  }

  async create(settings: Settings, keyKind: KeyKind): Promise<{ source: SourceResponse; key: NewKey }> {
    const made = await this.changing(async (manager) => {
      const { id } = await manager.getRepository(sourceTable).save({ ...settings });
      return { id, key: await addKey(manager, id, keyKind) };
    });
    return { source: await this.get(made.id), key: made.key };
  }

  async change(id: string, settings: Partial<Settings>): Promise<SourceResponse> {
    await this.changing(async (manager) => {
      await lockSource(manager, id);
      if (Object.keys(settings).length > 0) await manager.getRepository(sourceTable).update({ id }, settings);
    });
    return this.get(id);
  }

  async addKey(id: string, kind: KeyKind): Promise<NewKey> {
    return this.changing(async (manager) => {
      await lockSource(manager, id);
      return addKey(manager, id, kind);
    });
  }

  /** Ends the validity of a key, now or at `endsAt`. */
  async endKey(id: string, keyId: string, endsAt = new Date()): Promise<void> {
    await this.changing((manager) => endKey(manager, { id, keyId, endsAt }));
  }

  /** Adds a key of the same kind; the old one stays valid until `endsAt`. */
  async rotateKey(id: string, keyId: string, endsAt: Date): Promise<NewKey> {
    return this.changing(async (manager) => {
      await lockSource(manager, id);
      const { kind } = await endKey(manager, { id, keyId, endsAt });
      return addKey(manager, id, kind);
    });
  }

  /**
   * Ensures that the source of the configuration exists with this key, and removes an earlier configured key. The name is only used when the source is
   * created: a renamed source is found by its key.
   */
  async ensureConfigured(name: string, writeKey: string): Promise<void> {
    await this.changing(async (manager) => {
      const { hash, hint } = fingerprintOf(writeKey);
      const keys = manager.getRepository(sourceKeyTable);
      const existing = (await keys.findOneBy({ hash })) ?? (await keys.findOneBy({ isConfigured: true }));
      const sourceId = existing?.sourceId ?? (await sourceIdByName(manager, name));
      await manager.query('delete from ingest.source_key where source_id = $1 and is_configured and hash <> $2', [
        sourceId,
        hash,
      ]);
      await keys.upsert({ sourceId, kind: 'secret', hash, hint, isConfigured: true, endsAt: null }, ['hash']);
    });
  }

  private async validKeys(sourceId?: string): Promise<SourceKeyRow[]> {
    const where = stillValid(sourceId === undefined ? {} : { sourceId });
    return this.dataSource.getRepository(sourceKeyTable).find({ where, order: { createdAt: 'asc', id: 'asc' } });
  }

  private async changing<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    try {
      const result = await this.dataSource.transaction(work);
      this.senders.forget();
      return result;
    } catch (error) {
      if (isNameTaken(error))
        throw new Problem(409, 'name-taken', 'A source with this name exists. Choose another name.');
      throw error;
    }
  }
}

async function sourceIdByName(manager: EntityManager, name: string): Promise<string> {
  await manager.query(`insert into ingest.source (name, channel) values ($1, 'web') on conflict do nothing`, [name]);
  return (await manager.getRepository(sourceTable).findOneByOrFail({ name })).id;
}

/** Locks the source until the transaction ends. */
async function lockSource(manager: EntityManager, id: string): Promise<void> {
  const lock = { mode: 'pessimistic_write' } as const;
  if (!(await manager.getRepository(sourceTable).findOne({ where: { id }, lock }))) throw notFound('source');
}

async function addKey(manager: EntityManager, sourceId: string, kind: KeyKind): Promise<NewKey> {
  const valid = await manager.getRepository(sourceKeyTable).count({ where: stillValid({ sourceId, kind }) });
  if (valid >= mostKeys)
    throw new Problem(
      409,
      'too-many-keys',
      `A source may have at most ${mostKeys} valid ${kind} keys. End one of them first.`,
    );
  const writeKey = newKey(kind);
  const row = { sourceId, kind, ...fingerprintOf(writeKey), isConfigured: false, endsAt: null };
  return { ...toKeyResponse(await manager.getRepository(sourceKeyTable).save(row)), writeKey };
}

async function endKey(
  manager: EntityManager,
  { id, keyId, endsAt }: { id: string; keyId: string; endsAt: Date },
): Promise<SourceKeyRow> {
  const keys = manager.getRepository(sourceKeyTable);
  const key = await keys.findOne({ where: stillValid({ id: keyId, sourceId: id }) });
  if (!key) throw notFound('key of this source');
  if (key.isConfigured)
    throw new Problem(
      409,
      'key-configured',
      'This key is set by the configuration (SESTANTE_WRITE_KEY). Change it there.',
    );
  if (key.endsAt && key.endsAt < endsAt)
    throw new Problem(409, 'key-ending', `This key already ends at ${key.endsAt.toISOString()}.`);
  await keys.update({ id: keyId }, { endsAt });
  return key;
}

function stillValid(key: Partial<Pick<SourceKeyRow, 'id' | 'sourceId' | 'kind'>>) {
  return [
    { ...key, endsAt: IsNull() },
    { ...key, endsAt: MoreThan(new Date()) },
  ];
}

function toKeyResponse({ id, kind, hint, isConfigured, createdAt, endsAt }: SourceKeyRow): KeyResponse {
  return { id, kind, hint, isConfigured, createdAt, endsAt };
}

function isNameTaken(error: unknown): boolean {
  return error instanceof QueryFailedError && isUniqueViolation(error.driverError);
}
