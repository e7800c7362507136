import { expect } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { ServedConsole } from './served-console.ts';

export interface Visit {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  readonly language?: string;
  /** The key to sign in with; null to stay at the page for it. */
  readonly key?: string | null;
}

/** Colours take some frames to change, on a busy machine some seconds. */
const [lookEveryMs, mostLooks] = [200, 25];

/** Opens an address of the console in a browser of its own, and signs in. */
export async function visit(browser: Browser, served: ServedConsole, path: string, how: Visit = {}): Promise<Page> {
  const { width = 1440, scheme = 'light', language = 'en', key = served.apiKey } = how;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    locale: language,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`${served.url}/console${path}`);
  if (key !== null) await signIn(page, key);
  return page;
}

/** Types the key where it is asked for. */
export async function signIn(page: Page, key: string): Promise<void> {
  const input = page.locator('input[type=password]');
  await input.fill(key);
  await input.press('Enter');
  await input.waitFor({ state: 'detached' });
}

/** The serious and critical faults that axe finds on the page. */
export async function seriousFaults(page: Page): Promise<string[]> {
  // The page allows no script of others; this one is run by the browser's debugger.
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as { axe: typeof axe };
    return (await runner.run()).violations.map(({ id, impact, nodes }) => ({
      impact,
      text: `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
    }));
  });
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ text }) => text);
}

/** The faults that are still there after colours have changed. */
async function lastingFaults(page: Page): Promise<string[]> {
  let faults: string[] = [];
  for (let look = 0; look < mostLooks; look += 1) {
    await page.waitForTimeout(lookEveryMs);
    faults = await seriousFaults(page);
    if (faults.length === 0) break;
  }
  return faults;
}

/** Expects that the page has no serious fault of accessibility and is no wider than the screen, dark and light, on a screen and on a phone. */
export async function expectReadable(page: Page): Promise<void> {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForSelector(`html[data-mantine-color-scheme=${colorScheme}]`);
      expect([width, colorScheme, await lastingFaults(page)]).toEqual([width, colorScheme, []]);
    }
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect([width, overflow]).toEqual([width, 0]);
  }
}
