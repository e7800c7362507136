import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { type Template, validatePolicy, validateTemplate } from '@sestante/offer-policy';
import { Dependencies, InjectLogger, type Logger, Problem } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { addFirstPolicy } from './store/contact-policy.ts';
import { templateTable } from './store/template.table.ts';
import { unreadTemplates } from './unread-templates.ts';

const folder = new URL('../templates/', import.meta.url);
const readJson = async (name: string) => JSON.parse(await readFile(new URL(name, folder), 'utf8')) as unknown;

/**
 * The live templates of the database. If the database has none, the templates and the contact policy in `templates/` are stored as the first ones. The log warns
 * of templates in the file that have no effect.
 */
@Injectable()
export class Catalogue {
  private loaded: readonly Template[] | undefined;

  constructor(
    private readonly dataSource: DataSource,
    dependencies: Dependencies,
    @InjectLogger() private readonly logger: Logger,
  ) {
    dependencies.whenOpen('postgres/offers', () => this.load());
  }

  get templates(): readonly Template[] {
    if (!this.loaded) throw new Problem(503, 'unavailable', 'The catalogue is not loaded yet. Retry later.');
    return this.loaded;
  }

  private async load(): Promise<void> {
    const templates = this.dataSource.getRepository(templateTable);
    const ofFile = ((await readJson('first.json')) as object[]).map((document) => {
      const { template, version } = validateTemplate(document);
      return { template, version, document, status: 'live' as const };
    });
    if ((await templates.count()) === 0)
      await templates.createQueryBuilder().insert().values(ofFile).orIgnore().execute();
    const unread = unreadTemplates(ofFile, await templates.find());
    if (unread.missing.length > 0 || unread.changed.length > 0)
      this.logger.warn(
        unread,
        'templates/first.json has templates that are not stored: it is read into an empty database only',
      );
    const live = await templates.find({ where: { status: 'live' }, order: { template: 'ASC' } });
    await addFirstPolicy(this.dataSource, validatePolicy(await readJson('policy.json')));
    this.loaded = live.map(({ document }) => validateTemplate(document));
  }
}
