import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Module } from '@nestjs/common';
import { CustomerTokens } from '@sestante/runtime';
import { type ServiceUnderTest, startService, withBrowser } from '@sestante/runtime/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OffersModule } from '../../src/offers.module.ts';
import { idOf } from '../builders.ts';
import { keepOffers, wake } from '../kept.ts';
import { openSite, type Site } from './site.ts';

let tokens: CustomerTokens;

@Module({ imports: [OffersModule] })
class OffersAndTokens {
  constructor(given: CustomerTokens) {
    tokens = given;
  }
}

let app: Site;
let service: ServiceUnderTest;
beforeAll(async () => {
  app = await openSite();
  service = await startService(OffersAndTokens, { SESTANTE_ALLOWED_ORIGINS: app.origin });
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
    const token = await tokens.issue(idOf('ada'), 60);
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
    const token = await tokens.issue(idOf('bea'), 60);
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
