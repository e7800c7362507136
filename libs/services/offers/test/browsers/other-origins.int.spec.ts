import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ServiceUnderTest, startService, withBrowser } from '@sestante/runtime/testing';
import type { Page } from 'playwright-core';
import { OffersModule } from '../../src/offers.module.ts';
import { idOf } from '../builders.ts';
import { announceOffer, storeOffers } from '../store-offers.ts';
import { openSite, type Site } from './site.ts';

let app: Site;
let stranger: Site;
let service: ServiceUnderTest;
const tokenOf = (name: string) => service.tokenOf(idOf(name));
beforeAll(async () => {
  [app, stranger] = [await openSite(), await openSite()];
  service = await startService(OffersModule, { SESTANTE_ALLOWED_ORIGINS: `https://shop.example,${app.origin}` });
});
afterAll(async () => {
  app.close();
  stranger.close();
  await service.dispose();
});

/** The address that a page uses with the customer's own token. */
const addressOf = (what: string) => `${service.url}/api/v1/customers/me/${what}`;
const headersOf = async (name: string, more: object = {}) =>
  JSON.stringify({ authorization: `Bearer ${await tokenOf(name)}`, ...more });

/** What a script of the page can read: the status and the titles, or the error. */
const read = async (page: Page, name: string, what: string) =>
  page.evaluate(`
    fetch('${addressOf(what)}', { headers: ${await headersOf(name)} })
      .then(async (answer) => [answer.status, (await answer.json()).items?.map(({ title }) => title)], String)`);

/** A script that opens a stream by fetch, because an EventSource cannot send a header, and appends the received text to \`window.received\`. */
const streamingScript = (url: string, headers: string) => `
  window.received = '';
  void fetch('${url}', { headers: ${headers} }).then(async ({ body }) => {
    for await (const piece of body.pipeThrough(new TextDecoderStream())) window.received += piece;
  }, (error) => { window.received = String(error); });`;

const failed = 'TypeError: Failed to fetch';

await withBrowser("a page of another origin, with a customer's token", (browser) => {
  const visit = async (site: Site) => {
    const page = await browser.newPage();
    await page.goto(site.origin);
    return page;
  };

  describe('whose origin is configured', () => {
    test('reads offers and decisions by fetch, and the error for those of other customers', async () => {
      await storeOffers(service, 'ada', 2);
      const page = await visit(app);
      expect(await read(page, 'ada', 'offers')).toEqual([200, ['title 2', 'title 1']]);
      expect(await read(page, 'ada', 'offers?limit=1')).toEqual([200, ['title 2']]);
      expect(await read(page, 'ada', 'decisions')).toEqual([200, expect.any(Array)]);
      const others = addressOf('offers').replace('/me/', `/${idOf('bea')}/`);
      const ask = `fetch('${others}', { headers: ${await headersOf('ada')} }).then(({ status }) => status, String)`;
      expect(await page.evaluate(ask)).toBe(404);
    });

    test('gets each offer as soon as it is made, and those that it missed while disconnected', async () => {
      await storeOffers(service, 'cleo', 1);
      const page = await visit(app);
      const headers = await headersOf('cleo', { accept: 'text/event-stream', 'last-event-id': '0' });
      await page.evaluate(streamingScript(addressOf('offers/stream'), headers));
      await page.waitForFunction(`window.received.includes('title 1')`);
      await storeOffers(service, 'cleo', 2);
      await announceOffer(service, 'cleo');
      await page.waitForFunction(`window.received.includes('title 2')`);
      expect(((await page.evaluate('window.received')) as string).match(/^event: offer$/gm)).toHaveLength(3);
    });

    test('gets offers also by an EventSource, with the token in the address', async () => {
      const page = await visit(app);
      const token = await tokenOf('dora');
      await page.evaluate(`
        window.titles = [];
        window.source = new EventSource('${addressOf('offers/stream')}?access_token=${token}');
        window.source.addEventListener('offer', ({ data }) => window.titles.push(JSON.parse(data).title));
        new Promise((resolve) => { window.source.onopen = resolve; }).then(() => undefined);`);
      await storeOffers(service, 'dora', 1);
      await announceOffer(service, 'dora');
      await page.waitForFunction(`window.titles.length === 1`);
      expect(await page.evaluate('window.titles')).toEqual(['title 1']);
    });

    test('reads nothing but offers and decisions', async () => {
      const page = await visit(app);
      expect(await read(page, 'ada', 'nothing')).toBe(failed);
      expect(await page.evaluate(`fetch('${service.url}/api/v1/stats').then(({ status }) => status, String)`)).toBe(
        failed,
      );
      const write = `fetch('${addressOf('offers')}', { method: 'DELETE' }).then(({ status }) => status, String)`;
      expect(await page.evaluate(write)).toBe(failed);
    });
  });

  test('whose origin is not configured reads nothing', async () => {
    await storeOffers(service, 'edith', 1);
    const page = await visit(stranger);
    expect(await read(page, 'edith', 'offers')).toBe(failed);
    expect(await read(page, 'edith', 'decisions')).toBe(failed);
    await page.evaluate(streamingScript(addressOf('offers/stream'), await headersOf('edith')));
    await page.waitForFunction(`window.received !== ''`);
    expect(await page.evaluate('window.received')).toBe(failed);
    const token = await tokenOf('edith');
    const closed = `new Promise((resolve) => {
      const source = new EventSource('${addressOf('offers/stream')}?access_token=${token}');
      source.onopen = () => resolve('open');
      source.onerror = () => resolve(source.readyState === EventSource.CLOSED ? 'closed' : 'again');
    })`;
    expect(await page.evaluate(closed)).toBe('closed');
  });
});
