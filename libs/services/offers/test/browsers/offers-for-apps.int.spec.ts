import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ServiceUnderTest, startService, withBrowser } from '@sestante/runtime/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OffersModule } from '../../src/offers.module.ts';
import { idOf } from '../builders.ts';
import { announceOffer, storeOffers } from '../store-offers.ts';
import { openSite, type Site } from './site.ts';

let app: Site;
let service: ServiceUnderTest;
const tokenOf = (name: string) => service.tokenOf(idOf(name));
beforeAll(async () => {
  app = await openSite();
  service = await startService(OffersModule, { SESTANTE_ALLOWED_ORIGINS: app.origin });
});
afterAll(async () => {
  app.close();
  await service.dispose();
});

const page = readFileSync(join(import.meta.dirname, '../../../../../docs/offers-for-apps.md'), 'utf8');
/** The first JavaScript block of the page. */
const code = /```js\n([^]*?)```/.exec(page)![1]!.replace('export function', 'function');

await withBrowser('the code of docs/offers-for-apps.md', (browser) => {
  test('shows the existing offers, and each new one as soon as it is made', async () => {
    await storeOffers(service, 'ada', 1);
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
    await storeOffers(service, 'ada', 1);
    await announceOffer(service, 'ada');
    await shop.waitForFunction('window.shown.at(-1) === 2');
    await shop.evaluate('window.end()');
  });

  test('requests another token when one has expired, and continues', async () => {
    await storeOffers(service, 'bea', 2);
    const shop = await browser.newPage();
    await shop.goto(app.origin);
    const token = await tokenOf('bea');
    await shop.evaluate(`{
      ${code}
      window.shown = [];
      window.tokenRequests = 0;
      window.end = followOffers({
        url: '${service.url}',
        getToken: async () => (window.tokenRequests++ === 0 ? 'expired' : '${token}'),
        show: (offers) => { window.shown.push(offers.length); },
      });
    }`);
    await shop.waitForFunction('window.shown.at(-1) === 2');
    expect(await shop.evaluate('window.tokenRequests')).toBe(2);
    await shop.evaluate('window.end()');
  });
});
