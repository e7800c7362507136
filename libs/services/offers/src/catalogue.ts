import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { type Template, validatePolicy, validateTemplate } from '@sestante/offer-policy';
import { Dependencies, Problem } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { addFirstPolicy } from './store/contact-policy.ts';
import { templateTable } from './store/template.table.ts';

const folder = new URL('../templates/', import.meta.url);
const readJson = async (name: string) => JSON.parse(await readFile(new URL(name, folder), 'utf8')) as unknown;

/** The live templates of the database. If the database has none, the templates and the contact policy in `templates/` are stored as the first ones. */
@Injectable()
export class Catalogue {
  private loaded: readonly Template[] | undefined;

  constructor(
    private readonly dataSource: DataSource,
    dependencies: Dependencies,
  ) {
    dependencies.whenOpen('postgres/offers', () => this.load());
  }

  get templates(): readonly Template[] {
    if (!this.loaded) throw new Problem(503, 'unavailable', 'The catalogue is not loaded yet. Retry later.');
    return this.loaded;
  }

  private async load(): Promise<void> {
    const templates = this.dataSource.getRepository(templateTable);
    if ((await templates.count()) === 0) {
      const first = (await readJson('first.json')) as object[];
      const rows = first.map((document) => {
        const { template, version } = validateTemplate(document);
        return { template, version, document, status: 'live' as const };
      });
      await templates.createQueryBuilder().insert().values(rows).orIgnore().execute();
    }
    const live = await templates.find({ where: { status: 'live' }, order: { template: 'ASC' } });
    await addFirstPolicy(this.dataSource, validatePolicy(await readJson('policy.json')));
    this.loaded = live.map(({ document }) => validateTemplate(document));
  }
}
