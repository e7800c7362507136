import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ServiceUnderTest, withBrowser } from '@sestante/runtime/testing';
import type { Page } from 'playwright-core';
import { idOf } from '../builders.ts';
import { keepOffers, wake } from '../kept.ts';
import { type OffersAndTokens, startOffersAndTokens } from './offers-and-tokens.ts';
import { openSite, type Site } from './site.ts';

let app: Site;
let stranger: Site;
let service: ServiceUnderTest;
let tokenOf: OffersAndTokens['tokenOf'];
beforeAll(async () => {
  [app, stranger] = [await openSite(), await openSite()];
  ({ service, tokenOf } = await startOffersAndTokens({
    SESTANTE_ALLOWED_ORIGINS: `https://shop.example,${app.origin}`,
  }));
});
afterAll(async () => {
  app.close();
  stranger.close();
  await service.dispose();
});

/** As a page would: the customer's own token, for `me`. */
const addressOf = (what: string) => `${service.url}/api/v1/customers/me/${what}`;
const headersOf = async (name: string, more: object = {}) =>
  JSON.stringify({ authorization: `Bearer ${await tokenOf(name)}`, ...more });

/** What a script of the page gets to read: the status and the titles, or the error. */
const read = async (page: Page, name: string, what: string) =>
  page.evaluate(`
    fetch('${addressOf(what)}', { headers: ${await headersOf(name)} })
      .then(async (answer) => [answer.status, (await answer.json()).items?.map(({ title }) => title)], String)`);

/** A script that opens a stream by fetch, as an EventSource could not send a header, and puts what comes into \`window.heard\`. */
const listening = (url: string, headers: string) => `
  window.heard = '';
  void fetch('${url}', { headers: ${headers} }).then(async ({ body }) => {
    for await (const piece of body.pipeThrough(new TextDecoderStream())) window.heard += piece;
  }, (error) => { window.heard = String(error); });`;

const failed = 'TypeError: Failed to fetch';

await withBrowser("a page of another origin, with a customer's token", (browser) => {
  const visit = async (site: Site) => {
    const page = await browser.newPage();
    await page.goto(site.origin);
    return page;
  };

  describe('where its origin is configured', () => {
    test('reads offers and decisions by fetch, and is told why it may not read those of others', async () => {
      await keepOffers(service, 'ada', 2);
      const page = await visit(app);
      expect(await read(page, 'ada', 'offers')).toEqual([200, ['title 2', 'title 1']]);
      expect(await read(page, 'ada', 'offers?limit=1')).toEqual([200, ['title 2']]);
      expect(await read(page, 'ada', 'decisions')).toEqual([200, expect.any(Array)]);
      const others = addressOf('offers').replace('/me/', `/${idOf('bea')}/`);
      const ask = `fetch('${others}', { headers: ${await headersOf('ada')} }).then(({ status }) => status, String)`;
      expect(await page.evaluate(ask)).toBe(403);
    });

    test('gets each offer as it is made, and after a break those that it has missed', async () => {
      await keepOffers(service, 'cleo', 1);
      const page = await visit(app);
      const headers = await headersOf('cleo', { accept: 'text/event-stream', 'last-event-id': '0' });
      await page.evaluate(listening(addressOf('offers/stream'), headers));
      await page.waitForFunction(`window.heard.includes('title 1')`);
      await keepOffers(service, 'cleo', 2);
      await wake(service, 'cleo');
      await page.waitForFunction(`window.heard.includes('title 2')`);
      expect(((await page.evaluate('window.heard')) as string).match(/^event: offer$/gm)).toHaveLength(3);
    });

    test('gets them by an EventSource as well, with the token in the address', async () => {
      const page = await visit(app);
      const token = await tokenOf('dora');
      await page.evaluate(`
        window.titles = [];
        window.source = new EventSource('${addressOf('offers/stream')}?access_token=${token}');
        window.source.addEventListener('offer', ({ data }) => window.titles.push(JSON.parse(data).title));
        new Promise((resolve) => { window.source.onopen = resolve; }).then(() => undefined);`);
      await keepOffers(service, 'dora', 1);
      await wake(service, 'dora');
      await page.waitForFunction(`window.titles.length === 1`);
      expect(await page.evaluate('window.titles')).toEqual(['title 1']);
    });

    test('reads nothing but offers', async () => {
      const page = await visit(app);
      expect(await read(page, 'ada', 'nothing')).toBe(failed);
      expect(await page.evaluate(`fetch('${service.url}/api/v1/stats').then(({ status }) => status, String)`)).toBe(
        failed,
      );
      const write = `fetch('${addressOf('offers')}', { method: 'DELETE' }).then(({ status }) => status, String)`;
      expect(await page.evaluate(write)).toBe(failed);
    });
  });

  test('reads nothing where its origin is not configured', async () => {
    await keepOffers(service, 'edith', 1);
    const page = await visit(stranger);
    expect(await read(page, 'edith', 'offers')).toBe(failed);
    expect(await read(page, 'edith', 'decisions')).toBe(failed);
    await page.evaluate(listening(addressOf('offers/stream'), await headersOf('edith')));
    await page.waitForFunction(`window.heard !== ''`);
    expect(await page.evaluate('window.heard')).toBe(failed);
    const token = await tokenOf('edith');
    const closed = `new Promise((resolve) => {
      const source = new EventSource('${addressOf('offers/stream')}?access_token=${token}');
      source.onopen = () => resolve('open');
      source.onerror = () => resolve(source.readyState === EventSource.CLOSED ? 'closed' : 'again');
    })`;
    expect(await page.evaluate(closed)).toBe('closed');
  });
});
