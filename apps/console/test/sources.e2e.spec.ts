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

await withBrowser('the page of the sources', (browser) => {
  const promise = { userId: 'ada', event: 'Promise Broken' };

  test('shows what becomes of each event while it arrives, and stands still while one reads', async () => {
    const page = await visit(browser, served, '/sources');
    await page.getByText('None. Every event that arrived was accepted.').waitFor();
    await page.getByRole('link', { name: 'first', exact: true }).click();
    await page.getByText('No event has arrived since the server started.').waitFor();
    await page.getByText('Connected.').waitFor();
    await served.track(promise, { userId: 'ada', event: 'Orderr Completed' }, { event: 'Promise Broken' });
    await page.getByText('Did you mean order.completed?').waitFor();
    await page.getByRole('row', { name: /rejected Promise Broken no identifier/ }).waitFor();
    await page.getByRole('button', { name: 'Hold' }).click();
    const rows = page.getByRole('region', { name: 'Live: first' }).getByRole('row');
    const before = await rows.count();
    await served.track(promise);
    await page.getByRole('button', { name: 'Go on (1 new)' }).waitFor();
    expect(await rows.count()).toBe(before);
    await page.getByRole('button', { name: 'Go on (1 new)' }).click();
    await rows.nth(before).waitFor();
    await expectReadable(page);
    await page.context().close();
  });

  test('says what to do about rejected events, and processes them again', async () => {
    const { items } = (await served.call('GET', '/api/v1/sources')) as { items: { id: string; name: string }[] };
    const { id } = items.find(({ name }) => name === 'first')!;
    await served.call('PATCH', `/api/v1/sources/${id}`, { isPaused: true });
    await served.track(promise, { userId: '<script>alert(1)</script>', event: '<b>bold</b>' });
    await served.call('PATCH', `/api/v1/sources/${id}`, { isPaused: false });
    const page = await visit(browser, served, '/sources');
    const row = page.getByRole('row', { name: /^source-paused first 2 The source is paused\. Activate it/ });
    await row.getByRole('link', { name: 'source-paused' }).click();
    await page.getByRole('heading', { name: 'Rejected with source-paused' }).waitFor();
    expect(new URL(page.url()).searchParams.get('code')).toBe('source-paused');
    await page.locator('.mantine-Accordion-control').first().click();
    await page.getByText('<script>alert(1)</script>').waitFor();
    await expectReadable(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await row.getByRole('button', { name: 'Process again' }).click();
    await page.getByText('Accepted: 2. Still rejected: 0.').waitFor();
    await row.waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('is closed to marketing', async () => {
    const made = (await served.call('POST', '/api/v1/keys', { name: 'campaigns', role: 'marketing' })) as {
      key: string;
    };
    const page = await visit(browser, served, '/sources', { key: made.key });
    await page.getByText('Your role is not allowed to do this.').waitFor();
    await page.context().close();
  });
});
