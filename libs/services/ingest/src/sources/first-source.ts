import { Injectable } from '@nestjs/common';
import { type Config, Dependencies, InjectConfig } from '@sestante/runtime';
import { Sources } from './sources.ts';

/** Makes the write key of the configuration valid, once the database is there. */
@Injectable()
export class FirstSource {
  constructor(sources: Sources, dependencies: Dependencies, @InjectConfig() config: Config) {
    const key = config.SESTANTE_WRITE_KEY;
    if (key) dependencies.whenOpen('postgres/ingest', () => sources.keep('first', key));
  }
}
