import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { withKafka } from '@sestante/streaming/testing';
import { type FourPrograms, startFourPrograms } from './four-programs.ts';
import { dataFolder, type Standalone, startStandalone } from './standalone.ts';

/** The services, as tests see them. */
export interface Deployment {
  readonly urls: () => FourPrograms['urls'];
  /** Ends every process with SIGKILL and starts it again. */
  readonly kill: () => Promise<void>;
}

/** Declares the same tests in one process over Postgres and in four processes over Kafka. The prefix is that of their topics. */
export async function inBothDeployments(
  title: string,
  { prefix }: { readonly prefix: string },
  declareTests: (deployment: Deployment) => void,
): Promise<void> {
  describe(`${title} in one process over Postgres`, () => {
    const { folder, remove } = dataFolder();
    let sestante: Standalone;
    beforeAll(async () => {
      sestante = await startStandalone(folder);
    }, 60_000);
    afterAll(async () => {
      sestante.process.kill('SIGTERM');
      expect(await sestante.ended).toBe(0);
      remove();
    });

    declareTests({
      urls: () => ({ ingest: sestante.url, profile: sestante.url, scoring: sestante.url, offers: sestante.url }),
      async kill() {
        sestante.process.kill('SIGKILL');
        await sestante.ended;
        sestante = await startStandalone(folder);
      },
    });
  });

  await withKafka(`${title} in four processes over Kafka`, ({ brokers }) => {
    let database: TestDatabase;
    let programs: FourPrograms;
    beforeAll(async () => {
      database = await testDatabase();
      programs = await startFourPrograms({ databaseUrl: database.url, brokers, prefix });
    }, 90_000);
    afterAll(async () => {
      expect(await programs.stop()).toEqual([0, 0, 0, 0]);
      await database.drop();
    }, 30_000);

    declareTests({ urls: () => programs.urls, kill: () => programs.kill() });
  });
}
