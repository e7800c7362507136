import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { withBrowser } from '@sestante/runtime/testing';
import { type ServedConsole, serveConsole } from './served-console.ts';
import { expectReadable, visit } from './visit.ts';

jest.setTimeout(90_000);

const rule = { field: 'trust.bond', operator: 'below', value: 50 };

let served: ServedConsole;
beforeAll(async () => {
  served = await serveConsole();
});
afterAll(() => served.stop());

await withBrowser('audiences', (browser) => {
  test('begin as a rule over customers, are edited and deleted', async () => {
    const page = await visit(browser, served, `/customers?rule=${encodeURIComponent(JSON.stringify(rule))}`);
    await page.getByRole('button', { name: 'Keep as audience' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Let down');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/\/audiences\/[0-9a-f-]{36}$/);
    await page.getByText('0 of 0 customers').waitFor();
    await expectReadable(page);
    await page.getByLabel('Name').fill('Let down by us');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Let down by us' }).waitFor();
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page.getByText('Version 1 · Let down').waitFor();
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL(/\/audiences$/);
    await page.getByText('No audiences yet').waitFor();
    expect(await served.call('GET', '/api/v1/audiences')).toEqual({ items: [] });
    await page.context().close();
  });
});
