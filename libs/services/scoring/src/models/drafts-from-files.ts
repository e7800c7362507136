import { Injectable } from '@nestjs/common';
import { Dependencies, InjectLogger, type Logger } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { LiveModel } from '../live-model.ts';
import { fileVersions, readModelFile } from '../model-files.ts';
import { changesBetween } from '../document-changes.ts';
import { addDraft, findModel } from './drafts.ts';
import { faultsIn } from './faults.ts';

/** The most places of changes and faults in a line of the log. */
const mostPlaces = 10;

/**
 * At the start, a file of `models/` whose version is not stored becomes a draft. A stored version stays as it is, also if its file has changed: the log says so, because
 * the scores have other rules then than the file.
 */
@Injectable()
export class DraftsFromFiles {
  constructor(
    private readonly dataSource: DataSource,
    dependencies: Dependencies,
    @InjectLogger() private readonly logger: Logger,
    /** Its first model is stored before the others. */
    _live: LiveModel,
  ) {
    dependencies.whenOpen('postgres/scoring', () => this.compareAll());
  }

  private async compareAll(): Promise<void> {
    for (const version of await fileVersions()) await this.compare(version, await readModelFile(version));
  }

  private async compare(version: string, document: object): Promise<void> {
    const stored = await findModel(this.dataSource, version);
    if (stored) {
      const places = changesBetween(stored.document, document).map(({ place }) => place);
      if (places.length > 0)
        this.logger.warn(
          { version, status: stored.status, places: places.slice(0, mostPlaces) },
          `models/${version}.json differs from the stored model ${version}, which stays as it is. Give the file a new version to make it a draft.`,
        );
      return;
    }
    const faults = faultsIn(document);
    if (faults.length > 0) {
      this.logger.warn({ version, faults: faults.slice(0, mostPlaces) }, `models/${version}.json is not a valid model`);
      return;
    }
    if (await addDraft(this.dataSource, { version, document, changedBy: null }))
      this.logger.info({ version }, `models/${version}.json is a new draft`);
  }
}
