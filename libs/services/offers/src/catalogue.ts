import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { type ContactPolicy, type Template, validatePolicy, validateTemplate } from '@sestante/offer-policy';
import { Dependencies, Problem } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { templateTable } from './store/template.table.ts';

const folder = new URL('../templates/', import.meta.url);
const readJson = async (name: string) => JSON.parse(await readFile(new URL(name, folder), 'utf8')) as unknown;

/** The templates that may be offered, as they stand in the database, and how often customers may be contacted. The first ones come with the code. */
@Injectable()
export class Catalogue {
  private loaded: { readonly templates: readonly Template[]; readonly policy: ContactPolicy } | undefined;

  constructor(
    private readonly dataSource: DataSource,
    dependencies: Dependencies,
  ) {
    dependencies.whenOpen('postgres/offers', () => this.load());
  }

  get templates(): readonly Template[] {
    return this.current().templates;
  }

  get policy(): ContactPolicy {
    return this.current().policy;
  }

  private current() {
    if (!this.loaded)
      throw new Problem(503, 'unavailable', 'The catalogue is not loaded yet. Try again shortly.');
    return this.loaded;
  }

  private async load(): Promise<void> {
    const templates = this.dataSource.getRepository(templateTable);
    if ((await templates.count()) === 0) {
      const first = ((await readJson('first.json')) as unknown[]).map(validateTemplate);
      const rows = first.map((document) => ({
        template: document.template,
        version: document.version,
        document,
        status: 'live' as const,
      }));
      await templates.createQueryBuilder().insert().values(rows).orIgnore().execute();
    }
    const live = await templates.find({ where: { status: 'live' }, order: { template: 'ASC' } });
    const policy = validatePolicy(await readJson('policy.json'));
    this.loaded = { templates: live.map(({ document }) => validateTemplate(document)), policy };
  }
}
