import { Injectable } from '@nestjs/common';
import { type Config, Dependencies, InjectConfig } from '@sestante/runtime';
import { Sources } from './sources.ts';

/** Creates the source of the configured write key when the database is available. */
@Injectable()
export class FirstSource {
  constructor(sources: Sources, dependencies: Dependencies, @InjectConfig() config: Config) {
    const key = config.SESTANTE_WRITE_KEY;
    if (key) dependencies.whenOpen('postgres/ingest', () => sources.ensureConfigured('first', key));
  }
}
