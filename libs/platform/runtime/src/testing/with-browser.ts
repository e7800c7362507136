import { afterAll, describe } from '@jest/globals';
import { skipOrFail } from '@sestante/streaming/testing';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';

/**
 * Runs tests in a local Chromium, which is closed after them. If there is none, the tests are skipped under a name that contains the reason;
 * with `CI=true` that is an error.
 */
export async function withBrowser(name: string, tests: (browser: Browser) => void): Promise<void> {
  const browser = await launch();
  if (typeof browser === 'string') {
    skipOrFail(name, browser);
    return;
  }
  afterAll(() => browser.close());
  describe(name, () => tests(browser));
}

/** A browser, or the reason why there is none. */
async function launch(): Promise<Browser | string> {
  // Imported here because it is large and most tests that import this folder need no browser.
  const { chromium } = await import('playwright-core');
  const executablePath = findOnPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);
  try {
    // Playwright finds a regularly installed Chrome by itself.
    const which = executablePath ? { executablePath } : { channel: 'chrome' };
    // Chromium has no sandbox when it runs as root, as in a container.
    return await chromium.launch({ ...which, chromiumSandbox: process.getuid?.() !== 0 });
  } catch (error) {
    return `There is no Chromium that starts: ${(error as Error).message.split('\n')[0]}`;
  }
}

function findOnPath(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
