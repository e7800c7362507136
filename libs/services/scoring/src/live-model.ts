import { Injectable } from '@nestjs/common';
import { compileModel, InvalidModel, type Model } from '@sestante/engagement';
import { Race } from '@sestante/postgres';
import { Dependencies, Problem } from '@sestante/runtime';
import { LRUCache } from 'lru-cache';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { readModelFile } from './model-files.ts';
import { modelTable, type ModelStatus } from './store/model.table.ts';

/** The version that becomes live in an empty database. Its document is in `models/`. */
export const firstVersion = 'retail-2';

/** A model of the database, compiled. */
export interface LoadedModel {
  /** The id of the model in the tables. */
  readonly modelId: number;
  readonly model: Model;
  readonly status: ModelStatus;
}

interface Row {
  readonly model_id: number;
  readonly revision: number;
  readonly status: ModelStatus;
}

/** A document that an earlier version of the software has accepted cannot be promoted: nobody has to read for it. */
function unusable(error: unknown): undefined {
  if (!(error instanceof InvalidModel)) throw error;
}

interface Connection {
  query<T>(text: string, values: unknown[]): Promise<T>;
}

const connectionOf = (client: PoolClient): Connection => ({
  query: async <T>(text: string, values: unknown[]) => (await client.query(text, values)).rows as T,
});

const findLive = `select model_id, revision, status from scoring.model where status = 'live'`;

/** The live model, those with a shadow, and the one that was live before. */
const findUsed = `
  select model_id, revision, status from scoring.model
   where status = 'live' or model_id in (select model_id from scoring.shadow)
      or model_id = (select model_id from scoring.model where status = 'retired' order by live_since desc limit 1)`;

/**
 * The live model of the database. If the database has none, the first version is stored as the live one.
 *
 * A model is promoted while processes run. Handlers score a batch under `model`, and reload it in the transaction of a batch if another process has written
 * one of its partitions: a promotion does that with all. Whoever answers a request asks which model is live, by `find`.
 */
@Injectable()
export class LiveModel {
  private loaded: LoadedModel | undefined;
  private others: readonly Model[] = [];
  /** By id and revision. */
  private readonly compiled = new LRUCache<string, Model>({ max: 20 });

  constructor(
    private readonly dataSource: DataSource,
    dependencies: Dependencies,
  ) {
    dependencies.whenOpen('postgres/scoring', () => this.load());
  }

  /** The id in the tables of the model that was live when it was reloaded the last time. */
  get modelId(): number {
    return this.current().modelId;
  }

  get model(): Model {
    return this.current().model;
  }

  /**
   * Whether a model reads activities of the name under which the history is read in the background, or which was live before. An activity then revises its
   * member, also if the live model makes nothing of it: so the member is found among those that have changed.
   */
  isReadByOthers(name: string): boolean {
    return this.others.some(({ rulesOf, purchases }) => rulesOf.has(name) || purchases.activities.has(name));
  }

  /** The model that is live now. */
  async read(): Promise<LoadedModel> {
    const [row] = await this.dataSource.query<Row[]>(findLive);
    return this.compile(row!, this.dataSource);
  }

  /** The model that is live, as a transaction sees it. */
  async readBy(client: PoolClient): Promise<LoadedModel> {
    const connection = connectionOf(client);
    const [row] = await connection.query<Row[]>(findLive, []);
    return this.compile(row!, connection);
  }

  /** The model with the version, whatever its status is; undefined if there is none. */
  async find(version: string): Promise<LoadedModel | undefined> {
    const [row] = await this.dataSource.query<Row[]>(
      'select model_id, revision, status from scoring.model where version = $1',
      [version],
    );
    return row && this.compile(row, this.dataSource);
  }

  /** The model with the id in the tables. Throws `Race` if it was discarded meanwhile. */
  async findById(modelId: number): Promise<LoadedModel> {
    const [row] = await this.dataSource.query<Row[]>(
      'select model_id, revision, status from scoring.model where model_id = $1',
      [modelId],
    );
    if (!row) throw new Race('a model');
    return this.compile(row, this.dataSource);
  }

  /** Reads which model is live, and what others read, in the transaction of a batch. */
  async reload(client: PoolClient): Promise<void> {
    await this.loadBy(connectionOf(client));
  }

  private async loadBy(connection: Connection): Promise<void> {
    const rows = await connection.query<Row[]>(findUsed, []);
    const [live, others] = [
      rows.find(({ status }) => status === 'live'),
      rows.filter(({ status }) => status !== 'live'),
    ];
    const loaded = await this.compile(live!, connection);
    const compiled = await Promise.all(others.map((row) => this.compile(row, connection).catch(unusable)));
    this.loaded = loaded;
    this.others = compiled.flatMap((one) => one?.model ?? []);
  }

  private current(): LoadedModel {
    if (!this.loaded) throw new Problem(503, 'unavailable', 'The model is not loaded yet. Retry later.');
    return this.loaded;
  }

  private async compile({ model_id: modelId, revision, status }: Row, connection: Connection): Promise<LoadedModel> {
    const model = this.compiled.get(`${modelId}/${revision}`) ?? (await this.compileStored(modelId, connection));
    return { modelId, model, status };
  }

  private async compileStored(modelId: number, connection: Connection): Promise<Model> {
    const text = 'select revision, document from scoring.model where model_id = $1';
    const [stored] = await connection.query<{ revision: number; document: unknown }[]>(text, [modelId]);
    if (!stored) throw new Race('a model');
    const model = compileModel(stored.document);
    this.compiled.set(`${modelId}/${stored.revision}`, model);
    return model;
  }

  private async load(): Promise<void> {
    const models = this.dataSource.getRepository(modelTable);
    if (!(await models.existsBy({ status: 'live' }))) {
      const document = await readModelFile(firstVersion);
      await models
        .createQueryBuilder()
        .insert()
        .values({ version: firstVersion, document, status: 'live', liveSince: new Date() })
        .orIgnore()
        .execute();
    }
    await this.loadBy(this.dataSource);
  }
}
