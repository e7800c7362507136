import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { withBrowser } from '@sestante/runtime/testing';
import { eventually } from '@sestante/streaming/testing';
import { type ServedConsole, serveConsole } from './served-console.ts';
import { expectReadable, visit } from './visit.ts';

jest.setTimeout(90_000);

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const inStore = { context: { channel: 'store' } };

interface Summary {
  readonly elements: { readonly trust: { readonly falling: number } };
}

interface Movers {
  readonly causes: readonly unknown[];
}

let served: ServedConsole;
beforeAll(async () => {
  served = await serveConsole();
});
afterAll(() => served.stop());

await withBrowser('the overview', (browser) => {
  test('of an empty system says how to fill it', async () => {
    const page = await visit(browser, served, '/overview');
    await page.getByText('npm run demo').waitFor();
    await expectReadable(page);
    await page.context().close();
  });

  test('tells what moved the customers, why, and whom', async () => {
    await served.track(
      ...[40, 30, 20].map((days) => ({ userId: 'ada', event: 'Promise Kept', timestamp: daysAgo(days), ...inStore })),
      { userId: 'ada', event: 'Promise Broken', timestamp: daysAgo(1), ...inStore },
    );
    // The rows that a summary counts are written within two seconds, and movers are counted again after ten.
    await eventually(async () => {
      const { elements } = (await served.call('GET', '/api/v1/scores/summary')) as Summary;
      const { causes } = (await served.call('GET', '/api/v1/scores/movers?element=trust&days=7')) as Movers;
      expect([elements.trust.falling, causes.length > 0]).toEqual([1, true]);
    });
    const page = await visit(browser, served, '/overview?element=trust');
    const trust = page.getByRole('button', { name: /^Trust/ });
    await trust.waitFor();
    expect(await trust.getAttribute('aria-pressed')).toBe('true');
    await page.getByText('Nothing costs trust like a broken promise').waitFor();
    await page.getByText('Let down lately: 1').waitFor();
    await expectReadable(page);

    await page.getByRole('button', { name: /^Value/ }).click();
    await page.waitForURL(/element=value/);
    await page.reload();
    await page.getByRole('heading', { name: 'Value' }).waitFor();
    await page.context().close();
  });
});
