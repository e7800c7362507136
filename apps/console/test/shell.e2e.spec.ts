import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { withBrowser } from '@sestante/runtime/testing';
import { type ServedConsole, serveConsole } from './served-console.ts';
import { expectReadable, signIn, visit } from './visit.ts';

jest.setTimeout(60_000);

let served: ServedConsole;
beforeAll(async () => {
  served = await serveConsole();
});
afterAll(() => served.stop());

await withBrowser('the console', (browser) => {
  const heading = (name: string | RegExp) => ({ name, level: 1 }) as const;

  test('asks for an API key, says what is wrong with it, and opens the address that was asked for', async () => {
    const page = await visit(browser, served, '/system?from=colleague', { key: null });
    await page.getByRole('heading', heading('Sign in')).waitFor();
    await page.getByLabel('API key').fill('a-key-that-nobody-has');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The API key is invalid, expired or revoked.').waitFor();
    await expectReadable(page);
    await signIn(page, served.apiKey);
    await page.getByRole('heading', heading('System')).waitFor();
    expect(new URL(page.url()).pathname).toBe('/console/system');
    expect(await page.evaluate('document.cookie')).toBe('');
    await page.context().close();
  });

  test('forgets its reader when they sign out', async () => {
    const page = await visit(browser, served, '/system');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', heading('Sign in')).waitFor();
    await page.reload();
    await page.getByRole('heading', heading('Sign in')).waitFor();
    await page.context().close();
  });

  test('asks for the key again over the open page when the session has ended', async () => {
    const page = await visit(browser, served, '/system');
    await page.getByRole('heading', heading('System')).waitFor();
    await served.query('delete from access.session');
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.waitFor({ timeout: 20_000 });
    expect(await page.getByText('Still to be processed').first().isVisible()).toBe(true);
    await signIn(page, served.apiKey);
    await dialog.waitFor({ state: 'detached' });
    await page.context().close();
  });

  test.each([
    ['de', 'Abmelden'],
    ['it', 'Esci'],
    ['fr', 'Sign out'],
  ])('speaks the language of a browser in %s, or English', async (language, words) => {
    const page = await visit(browser, served, '/system', { language });
    await page.getByRole('button', { name: words }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe(language === 'fr' ? 'en' : language);
    await page.context().close();
  });

  test('keeps the language and the appearance that were chosen', async () => {
    const page = await visit(browser, served, '/system');
    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: 'Deutsch' }).click();
    await page.getByRole('combobox', { name: 'Darstellung' }).click();
    await page.getByRole('option', { name: 'Dunkel' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Abmelden' }).waitFor();
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    await page.context().close();
  });

  test('shows places by role', async () => {
    const { key } = (await served.call('POST', '/api/v1/keys', { name: 'campaigns', role: 'marketing' })) as {
      key: string;
    };
    const page = await visit(browser, served, '/system', { key });
    const places = page.getByRole('navigation', { name: 'Places' });
    expect(await places.getByRole('link').allInnerTexts()).not.toContain('Sources');
    expect(await page.getByRole('heading', { name: 'Could not be processed' }).count()).toBe(0);
    await page.context().close();
  });

  test('says that an address is none, lists its keys, and is one page on a phone', async () => {
    const page = await visit(browser, served, '/no/such/page');
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectReadable(page);
    await page.getByRole('button', { name: 'Open or close the menu' }).click();
    await page.getByRole('link', { name: 'System' }).click();
    await page.getByRole('heading', heading('System')).waitFor();
    await page.context().close();
  });

  test('needs at most 300 kB of script for its first view', async () => {
    const page = await visit(browser, served, '/system', { key: null });
    let bytes = 0;
    const { gzipSync } = await import('node:zlib');
    const sources = (await page.evaluate(
      `performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js'))`,
    )) as string[];
    for (const source of sources) bytes += gzipSync(Buffer.from(await (await fetch(source)).arrayBuffer())).length;
    expect(sources.length).toBeGreaterThan(2);
    expect(bytes).toBeLessThanOrEqual(300_000);
    await page.context().close();
  });
});
