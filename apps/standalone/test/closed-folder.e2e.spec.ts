import { afterEach, describe, expect, test } from '@jest/globals';
import { chmodSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, settledStats, type Standalone, startStandalone, writeKey } from './standalone.ts';

/** Only root starts the database as another user, who cannot enter a closed folder. */
(process.getuid?.() === 0 ? describe : describe.skip)('as root, in a folder that other users cannot enter', () => {
  const { folder, remove } = dataFolder();
  chmodSync(folder, 0o700);
  let sestante: Standalone;
  afterEach(async () => {
    sestante.process.kill('SIGTERM');
    await sestante.ended;
    rmSync(realpathSync(join(folder, 'postgres')), { recursive: true });
    remove();
  });

  test('it starts, prints the location of its data, locks them, and finds them after kill -9', async () => {
    sestante = await startStandalone(folder);
    const link = join(folder, 'postgres');
    expect(sestante.output()).toContain(
      `its data is in ${realpathSync(link)}, to which it has access, and ${link} is a link to it.`,
    );
    const body = JSON.stringify({ writeKey, userId: 'ada', event: 'Promise Broken' });
    expect((await fetch(`${sestante.url}/v1/track`, { method: 'POST', body })).status).toBe(200);
    const before = await settledStats(sestante.url);
    await expect(startStandalone(folder)).rejects.toThrow(`Another Sestante uses the data folder ${folder}`);

    sestante.process.kill('SIGKILL');
    await sestante.ended;
    sestante = await startStandalone(folder);
    expect(before).toMatchObject({ activities: 1 });
    expect(await settledStats(sestante.url)).toMatchObject({ activities: 1, customers: 1 });
  }, 60_000);
});
