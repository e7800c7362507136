import { afterAll, describe, test } from '@jest/globals';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';

/**
 * Runs tests in a Chromium of this machine, which ends with them. Where there is none, they are skipped under a name that says why; with
 * `CI=true` that is an error.
 */
export async function withBrowser(name: string, tests: (browser: Browser) => void): Promise<void> {
  const browser = await launch();
  if (typeof browser !== 'string') {
    afterAll(() => browser.close());
    describe(name, () => tests(browser));
    return;
  }
  if (process.env['CI'] === 'true') throw new Error(browser);
  const notRun = `${name}: not run. ${browser}`;
  // Jest counts suites of which nothing has run, and does not name them.
  process.stderr.write(`SKIPPED ${notRun}\n`);
  test.skip(notRun, () => {});
}

/** A browser, or why there is none. */
async function launch(): Promise<Browser | string> {
  // It is large, and most tests that import this folder have no browser.
  const { chromium } = await import('playwright-core');
  const executablePath = findOnPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);
  try {
    // Chrome, where it is installed as Chrome is on this system, has a place that Playwright knows.
    const which = executablePath ? { executablePath } : { channel: 'chrome' };
    // As root, which a container is, Chromium has no sandbox.
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
