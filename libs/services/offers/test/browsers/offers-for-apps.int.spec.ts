import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ServiceUnderTest, withBrowser } from '@sestante/runtime/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepOffers, wake } from '../kept.ts';
import { type OffersAndTokens, startOffersAndTokens } from './offers-and-tokens.ts';
import { openSite, type Site } from './site.ts';

let app: Site;
let service: ServiceUnderTest;
let tokenOf: OffersAndTokens['tokenOf'];
beforeAll(async () => {
  app = await openSite();
  ({ service, tokenOf } = await startOffersAndTokens({ SESTANTE_ALLOWED_ORIGINS: app.origin }));
});
afterAll(async () => {
  app.close();
  await service.dispose();
});

const page = readFileSync(join(import.meta.dirname, '../../../../../docs/offers-for-apps.md'), 'utf8');
/** The first piece of JavaScript on the page. */
const code = /```js\n([^]*?)```/.exec(page)![1]!.replace('export function', 'function');

await withBrowser('the code of docs/offers-for-apps.md', (browser) => {
  test('shows the offers that there are, and each new one as it is made', async () => {
    await keepOffers(service, 'ada', 1);
    const shop = await browser.newPage();
    await shop.goto(app.origin);
    const token = await tokenOf('ada');
    await shop.evaluate(`{
      ${code}
      window.shown = [];
      window.end = followOffers({
        url: '${service.url}',
        getToken: async () => '${token}',
        show: (offers) => { window.shown.push(offers.length); },
      });
    }`);
    await shop.waitForFunction('window.shown.at(-1) === 1');
    await keepOffers(service, 'ada', 1);
    await wake(service, 'ada');
    await shop.waitForFunction('window.shown.at(-1) === 2');
    await shop.evaluate('window.end()');
  });

  test('asks for another token when one is over, and goes on', async () => {
    await keepOffers(service, 'bea', 2);
    const shop = await browser.newPage();
    await shop.goto(app.origin);
    const token = await tokenOf('bea');
    await shop.evaluate(`{
      ${code}
      window.shown = [];
      window.asked = 0;
      window.end = followOffers({
        url: '${service.url}',
        getToken: async () => (window.asked++ === 0 ? 'over' : '${token}'),
        show: (offers) => { window.shown.push(offers.length); },
      });
    }`);
    await shop.waitForFunction('window.shown.at(-1) === 2');
    expect(await shop.evaluate('window.asked')).toBe(2);
    await shop.evaluate('window.end()');
  });
});
