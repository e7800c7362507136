import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { compileModel, type Model } from '@sestante/engagement';
import { Dependencies, Problem } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { modelTable } from './store/model.table.ts';

const defaultDocument = new URL('../models/retail-1.json', import.meta.url);

/** The live model of the database. If the database has none, the model in `models/` is stored as the first one. */
@Injectable()
export class LiveModel {
  private loaded: { readonly modelId: number; readonly model: Model } | undefined;

  constructor(
    private readonly dataSource: DataSource,
    dependencies: Dependencies,
  ) {
    dependencies.whenOpen('postgres/scoring', () => this.load());
  }

  /** The id of the model in the tables. */
  get modelId(): number {
    return this.current().modelId;
  }

  get model(): Model {
    return this.current().model;
  }

  private current() {
    if (!this.loaded) throw new Problem(503, 'unavailable', 'The model is not loaded yet. Retry later.');
    return this.loaded;
  }

  private async load(): Promise<void> {
    const models = this.dataSource.getRepository(modelTable);
    if (!(await models.existsBy({ status: 'live' }))) {
      const document = JSON.parse(await readFile(defaultDocument, 'utf8')) as { version: string };
      await models
        .createQueryBuilder()
        .insert()
        .values({ version: document.version, document, status: 'live' })
        .orIgnore()
        .execute();
    }
    const { modelId, document } = await models.findOneByOrFail({ status: 'live' });
    this.loaded = { modelId, model: compileModel(document) };
  }
}
