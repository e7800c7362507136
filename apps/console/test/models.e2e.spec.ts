import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { withBrowser } from '@sestante/runtime/testing';
import type { Locator } from 'playwright-core';
import { type ServedConsole, serveConsole } from './served-console.ts';
import { expectReadable, signIn, visit } from './visit.ts';

jest.setTimeout(180_000);

/** Replaces a text as pasting it does. To type 60 KB takes Chromium seconds. */
const replaceText = (area: Locator, text: string) =>
  area.evaluate((element, value) => {
    const { Event: Input, HTMLTextAreaElement: Area } = globalThis as unknown as {
      Event: new (name: string, options: object) => unknown;
      HTMLTextAreaElement: { prototype: object };
    };
    Object.getOwnPropertyDescriptor(Area.prototype, 'value')!.set!.call(element, value);
    (element as unknown as { dispatchEvent(event: unknown): void }).dispatchEvent(
      new Input('input', { bubbles: true }),
    );
  }, text);

let served: ServedConsole;
let customerId: string;
beforeAll(async () => {
  served = await serveConsole();
  await served.track(
    { userId: 'ada', event: 'Promise Broken' },
    { userId: 'ada', event: 'Order Completed', properties: { order_id: 'A1', revenue: 20, currency: 'EUR' } },
    { userId: 'bob', event: 'Promise Broken' },
  );
  const found = await served.call('GET', '/api/v1/customers?kind=user_id&value=ada');
  customerId = (found as { items: { customerId: string }[] }).items[0]!.customerId;
});
afterAll(() => served.stop());

await withBrowser('the pages of the models', (browser) => {
  test('show the rules of the live model with their reasons, and find one', async () => {
    const page = await visit(browser, served, '/models');
    await page
      .getByRole('row', { name: /^retail-2 live/ })
      .getByRole('link')
      .click();
    await page.getByRole('heading', { name: 'retail-2' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search the rules' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('promise.broken');
    await page.getByText('2 rules', { exact: true }).waitFor();
    await page
      .getByRole('row', { name: /^promise\.broken .*Trust: bad/ })
      .first()
      .waitFor();
    await page.waitForURL(/find=promise\.broken/);
    await expectReadable(page);
    await page.context().close();
  });

  test('lead from a copy to the live model and back: faults at their places, a try, a comparison, a promotion', async () => {
    const page = await visit(browser, served, '/models/retail-2');
    await page.getByRole('button', { name: 'Copy as a draft' }).click();
    const text = page.getByRole('textbox', { name: 'Document, as JSON' });
    const copied = await text.inputValue();
    await replaceText(text, copied.slice(0, -2));
    await page.getByText('One fault').waitFor();
    expect(await page.getByRole('button', { name: 'Create the draft' }).isDisabled()).toBe(true);
    await replaceText(text, copied.replace('"retail-2-copy"', '"spring-1"').replace('"bond": 180', '"bond": -1'));
    await page.getByRole('button', { name: 'Create the draft' }).click();
    await page.getByText('halfLifeDays.bond').waitFor();
    await expectReadable(page);
    await page.getByRole('button', { name: 'Line 4' }).click();
    expect(await page.evaluate('getSelection().toString()')).toBe('-1');
    await page.reload();
    const changed = copied
      .replace('"retail-2-copy"', '"spring-1"')
      .replace(/"trust": \{\s+"base": 0.65/, '"trust": { "base": 0.5');
    expect(await text.inputValue()).toContain('"bond": -1');
    await replaceText(text, changed);
    await page.getByRole('button', { name: 'Create the draft' }).click();
    await page.getByRole('heading', { name: 'spring-1' }).waitFor();

    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('tab', { name: 'Try on a customer' }).click();
    await page.getByRole('searchbox', { name: 'Customer' }).fill(customerId);
    await page.getByRole('button', { name: 'Try', exact: true }).click();
    await page.getByRole('row', { name: /^Trust base 65\.0 50\.0 −15\.0/ }).waitFor();
    await expectReadable(page);

    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('tab', { name: 'Compare and promote' }).click();
    await page.getByRole('button', { name: 'Read the history' }).click();
    await page.getByRole('heading', { name: 'From retail-2 to spring-1' }).waitFor({ timeout: 20_000 });
    await page.getByText('2 customers were compared, 100% of all.').waitFor();
    await expectReadable(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('button', { name: 'Make it live' }).click();
    const dialog = page.getByRole('dialog', { name: 'Make spring-1 live?' });
    await dialog.getByText('2 of 2 customers moves by half a point or more').waitFor();
    await dialog.getByRole('button', { name: 'Make it live' }).click();
    await page.getByText('This model is live').waitFor();

    await page.goto(`${served.url}/console/models/retail-2?view=compare`);
    await page.getByText('This model was live.').or(page.getByText('The whole history is read')).first().waitFor();
    await page.context().close();
  });

  test('keep what was typed when the session ends, and when somebody else has changed the draft', async () => {
    const { document } = (await served.call('GET', '/api/v1/models/retail-2')) as { document: object };
    await served.call('POST', '/api/v1/models', { ...document, version: 'autumn-1' });
    const page = await visit(browser, served, '/models/autumn-1?view=document');
    const text = page.getByRole('textbox', { name: 'Document, as JSON' });
    const typed = (await text.inputValue()).replace('"bond": 180', '"bond": 200');
    await replaceText(text, typed);
    await served.query('delete from access.session');
    await served.query('select pg_sleep(10)');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    await signIn(page, served.apiKey);
    expect(await text.inputValue()).toBe(typed);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The draft is saved.').waitFor();
    await page.context().close();
  });

  test('say that there is no such model', async () => {
    const page = await visit(browser, served, '/models/none');
    await page.getByText('404 not-found').waitFor();
    await page.context().close();
  });
});
