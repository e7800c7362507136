import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Dependencies, Logger } from '@sestante/runtime';
import { fileVersions, readModelFile } from '../../src/model-files.ts';
import { firstVersion } from '../../src/live-model.ts';
import { DraftsFromFiles } from '../../src/models/drafts-from-files.ts';
import { type Driver, scoringDriver } from '../driver.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await scoringDriver();
});
afterAll(() => driver.close());

interface Line {
  readonly level: 'info' | 'warn';
  readonly fields: object;
}

/** The lines of the log at a start. */
async function start(): Promise<Line[]> {
  const lines: Line[] = [];
  const logger = {
    info: (fields: object) => lines.push({ level: 'info', fields }),
    warn: (fields: object) => lines.push({ level: 'warn', fields }),
  } as unknown as Logger;
  const steps: (() => Promise<void>)[] = [];
  const whenOpen = (_: string, step: () => Promise<void>) => void steps.push(step);
  new DraftsFromFiles(driver.dataSource, { whenOpen } as unknown as Dependencies, logger, driver.live);
  for (const step of steps) await step();
  return lines;
}
const statuses = async () =>
  Object.fromEntries(
    (await driver.query<{ version: string; status: string }>('select version, status from scoring.model')).map(
      ({ version, status }) => [version, status],
    ),
  );

it('a file has the version of its document as its name', async () => {
  for (const version of await fileVersions()) expect(await readModelFile(version)).toMatchObject({ version });
});

it('each file that is not stored becomes a draft, with a line in the log', async () => {
  const others = (await fileVersions()).filter((version) => version !== firstVersion);
  expect(others.length).toBeGreaterThan(0);
  expect(await start()).toEqual(others.map((version) => ({ level: 'info', fields: { version } })));
  const drafts = Object.fromEntries(others.map((version) => [version, 'draft']));
  expect(await statuses()).toEqual({ ...drafts, [firstVersion]: 'live' });
});

it('a start with the same files changes nothing, and says nothing', async () => {
  const before = await driver.query('select * from scoring.model order by model_id');
  expect(await start()).toEqual([]);
  expect(await driver.query('select * from scoring.model order by model_id')).toEqual(before);
});

it('a file that differs from the stored model of its version has a warning, and no effect', async () => {
  await driver.query(
    `update scoring.model set document = jsonb_set(document::jsonb, '{halfLifeDays,bond}', '91')::json where version = $1`,
    [firstVersion],
  );
  expect(await start()).toEqual([
    { level: 'warn', fields: { version: firstVersion, status: 'live', places: ['halfLifeDays.bond'] } },
  ]);
  const [row] = await driver.query<{ bond: number }>(
    `select (document -> 'halfLifeDays' ->> 'bond')::int as bond from scoring.model where status = 'live'`,
  );
  expect(row!.bond).toBe(91);
});
