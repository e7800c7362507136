import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { withBrowser } from '@sestante/runtime/testing';
import { apiKey, type Ingest, startIngest } from '../driver.ts';

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

await withBrowser('the page of the routes', (browser) => {
  test('shows every route, with a form to try it, without requests to other servers', async () => {
    const page = await browser.newPage();
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).origin));
    await page.goto(`${ingest.url}/docs`);
    await page.locator('#operations-Rejected_events-Rejected_list').waitFor();
    const { paths } = (await (await fetch(`${ingest.url}/openapi.json`)).json()) as { paths: object };
    const shown = await page.locator('.opblock-summary-path').allInnerTexts();
    expect(new Set(shown.map((path) => path.replaceAll('\u200b', '')))).toEqual(new Set(Object.keys(paths)));

    await page.getByRole('button', { name: 'Authorize' }).first().click();
    await page.getByLabel('auth-bearer-value').first().fill(apiKey);
    await page.locator('.auth-container').first().getByRole('button', { name: 'Apply credentials' }).click();
    await page.locator('.btn-done').first().click();
    await page.locator('#operations-Rejected_events-Rejected_list .opblock-summary-control').click();
    await page.locator('#operations-Rejected_events-Rejected_list .execute').click();
    await page.locator('.live-responses-table .response-col_status').getByText('200').waitFor();
    expect([...hosts]).toEqual([ingest.url]);
  });
});
