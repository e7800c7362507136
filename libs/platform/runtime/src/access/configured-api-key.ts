import { Injectable } from '@nestjs/common';
import type { Config } from '../config.ts';
import { Dependencies } from '../dependencies.ts';
import { InjectConfig } from '../tokens.ts';
import { ApiKeys } from './api-keys.ts';

/** Stores the administrator's key of the configuration as soon as the database is open. */
@Injectable()
export class ConfiguredApiKey {
  constructor(apiKeys: ApiKeys, dependencies: Dependencies, @InjectConfig() config: Config) {
    const key = config.SESTANTE_API_KEY;
    if (key) dependencies.whenOpen('postgres/access', () => apiKeys.storeConfigured(key));
  }
}
