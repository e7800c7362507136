import type { Benchmark, Context } from '../benchmark.ts';
import { type GrownSize, loadGrown } from '../load/grown/load.ts';
import type { Owned } from '../system/cleanup.ts';
import { databaseUrlOf } from '../system/database.ts';
import { makeFolder } from '../system/folder.ts';
import { startStandalone } from '../system/server.ts';
import { onPostgres } from './pipeline.ts';
import { aboutSaturated, saturatedSection } from './saturated.ts';

const sizes: Readonly<Record<'full' | 'quick', GrownSize>> = {
  full: { customers: 200_000, activities: 2_000_000, months: 10 },
  quick: { customers: 20_000, activities: 100_000, months: 10 },
};

const about = `The data of a shop after ten months: 200,000 known customers and 2,000,000 activities. The events are of all these customers.
Each run has its own copy of one data folder, whose tables were filled by SQL before the process started. ${aboutSaturated}`;

/** All stages on grown data. */
export const pipelineGrown: Benchmark = {
  name: 'pipeline-grown',
  async run(context) {
    const size = sizes[context.isQuick ? 'quick' : 'full'];
    await using grown = await makeGrownFolder(context, size);
    const rate = { what: 'standalone, grown data, stream in Postgres', against: onPostgres, maxCostRatio: 1.25 };
    const title = 'All four stages, grown data';
    const setting = { options: { copyOf: grown.path }, customers: size.customers, stored: size.activities };
    return await saturatedSection(context, { title, about }, rate, setting);
  },
};

/** A data folder with grown data. The server that created its tables has ended, so none has plans from the time when they were empty. */
export async function makeGrownFolder(context: Context, size: GrownSize): Promise<{ readonly path: string } & Owned> {
  const folder = await makeFolder();
  await using _server = await startStandalone({ ...context, profiles: undefined }, { folder: folder.path });
  await loadGrown(databaseUrlOf(folder.path), size, context.log);
  return folder;
}
