import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { withBrowser } from '@sestante/runtime/testing';
import { type ServedConsole, serveConsole } from './served-console.ts';
import { expectReadable, visit } from './visit.ts';

jest.setTimeout(60_000);

let served: ServedConsole;
beforeAll(async () => {
  served = await serveConsole();
});
afterAll(() => served.stop());

await withBrowser('the page of the system', (browser) => {
  test('tells that all is well, and what was counted', async () => {
    await served.track({ userId: 'ada', event: 'Promise Broken', context: { channel: 'web' } });
    const page = await visit(browser, served, '/system');
    await page.getByText('Everything runs', { exact: true }).waitFor();
    const row = page.getByRole('row', { name: /scoring engagement\.customers\.v1/ });
    expect(await row.getByRole('cell').allInnerTexts()).toEqual(['scoring', 'engagement.customers.v1', '0']);
    await page.getByText('Nothing. A message that fails again').waitFor();
    await expectReadable(page);
    await page.context().close();
  });

  test('shows what could not be processed, and processes or removes it after a question', async () => {
    await served.query(
      `insert into letters.dead_letter (group_name, topic, partition, position, key, headers, value, reason)
       select 'scoring', 'engagement.customers.v1', 0, n, 'ada', '{}', '{}', 'it is no JSON' from generate_series(1, 3) n`,
    );
    const page = await visit(browser, served, '/system');
    await page.getByText('3 messages could not be processed').waitFor();
    await expectReadable(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('button', { name: 'Remove' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove 3 messages of scoring?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Remove' }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('3 messages were removed.').waitFor();
    await page.getByText('Nothing. A message that fails again').waitFor();
    await page.context().close();
  });
});
