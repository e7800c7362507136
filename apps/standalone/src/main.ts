import { join } from 'node:path';
import { IngestModule } from '@sestante/ingest';
import { OffersModule } from '@sestante/offers';
import { ProfileModule } from '@sestante/profile';
import { boot, exitWithError, parseConfig, stopOnSignals } from '@sestante/runtime';
import { ScoringModule } from '@sestante/scoring';
import { openDatabase } from './database.ts';
import { ensurePortFree } from './ensure-port-free.ts';
import { readKeys, storeConfiguredKeys } from './keys.ts';
import { welcome } from './welcome.ts';

const pages = { path: '/console', folder: join(import.meta.dirname, '../../console/dist') };

try {
  const config = parseConfig(process.env);
  await ensurePortFree(config.PORT, config.HOST);
  const stored = readKeys(config);
  const database = await openDatabase(config, stored.databasePassword);
  try {
    const keys = storeConfiguredKeys(config, stored);
    Object.assign(config, {
      DATABASE_URL: database.url,
      SESTANTE_WRITE_KEY: keys.writeKey,
      SESTANTE_API_KEY: keys.apiKey,
    });
    const running = await boot([IngestModule, ProfileModule, ScoringModule, OffersModule], config, pages);
    stopOnSignals(() => running.stop().finally(() => database.close()));
    await running.ready;
    process.stdout.write(welcome(running.url, keys));
  } catch (error) {
    await database.close();
    throw error;
  }
} catch (error) {
  exitWithError(error);
}
