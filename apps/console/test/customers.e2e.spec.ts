import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { withBrowser } from '@sestante/runtime/testing';
import { eventually } from '@sestante/streaming/testing';
import { type ServedConsole, serveConsole } from './served-console.ts';
import { expectReadable, visit } from './visit.ts';

jest.setTimeout(90_000);

const onWeb = { context: { channel: 'web' } };

let served: ServedConsole;
beforeAll(async () => {
  served = await serveConsole();
  await served.track(
    { userId: 'ada', event: 'Promise Kept', ...onWeb },
    { userId: 'ben', event: 'Promise Broken', ...onWeb },
  );
  // The rows of the list are written within two seconds.
  await eventually(async () => {
    const { items } = (await served.call('POST', '/api/v1/customers/query', {})) as { items: unknown[] };
    expect(items).toHaveLength(2);
  });
});
afterAll(() => served.stop());

await withBrowser('the list of customers', (browser) => {
  test('is sorted by a score, and the address holds how', async () => {
    const page = await visit(browser, served, '/customers');
    const sorted = page.getByRole('columnheader', { name: 'Trust' });
    await sorted.getByRole('button').click();
    await page.waitForURL(/sort=trust\.bond/);
    await page.waitForSelector('table:not([aria-busy=true])');
    expect(await sorted.getAttribute('aria-sort')).toBe('ascending');
    const bonds = page.locator('tbody [data-row] td:nth-child(5)');
    const [worst, best] = (await bonds.allInnerTexts()).map(Number);
    expect(worst!).toBeLessThan(best!);
    await page.reload();
    await page.waitForSelector('[data-row]');
    expect(await sorted.getAttribute('aria-sort')).toBe('ascending');
    await page.context().close();
  });

  test('shows those for whom the rule of the address holds', async () => {
    const rule = JSON.stringify({ field: 'trust.bond', operator: 'below', value: 50 });
    const page = await visit(browser, served, `/customers?rule=${encodeURIComponent(rule)}`);
    await page.waitForSelector('[data-row]');
    expect(await page.locator('tbody [data-row]').count()).toBe(1);
    expect(await page.getByRole('combobox', { name: 'How it is compared' }).inputValue()).toBe('is below');
    await expectReadable(page);
    await page.context().close();
  });

  test('finds one customer by an identifier, and comes back', async () => {
    const page = await visit(browser, served, '/customers');
    await page.getByLabel('Search', { exact: true }).fill('ada');
    await page.waitForURL(/text=ada/);
    await page.getByRole('link', { name: 'ada' }).click();
    await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/);
    await page.goBack();
    await page.waitForURL(/text=ada/);
    expect(await page.getByLabel('Search', { exact: true }).inputValue()).toBe('ada');
    await page.context().close();
  });
});
