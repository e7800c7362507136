import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { withBrowser } from '@sestante/runtime/testing';
import { type ServedConsole, serveConsole } from './served-console.ts';
import { expectReadable, visit } from './visit.ts';

jest.setTimeout(90_000);

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const onWeb = { context: { channel: 'web' } };

let served: ServedConsole;
let customerId: string;
beforeAll(async () => {
  served = await serveConsole();
  await served.track(
    { type: 'identify', userId: 'ada', traits: { name: '<script>Ada</script>' }, timestamp: daysAgo(50), ...onWeb },
    ...[40, 30, 20].map((days) => ({ userId: 'ada', event: 'Promise Kept', timestamp: daysAgo(days), ...onWeb })),
    { userId: 'ada', event: 'Promise Broken', timestamp: daysAgo(1), ...onWeb },
  );
  const found = (await served.call('GET', '/api/v1/customers?kind=user_id&value=ada')) as {
    items: { customerId: string }[];
  };
  customerId = found.items[0]!.customerId;
});
afterAll(() => served.stop());

await withBrowser('the page of a customer', (browser) => {
  test('shows why a score is what it is: the contributions add up to it', async () => {
    const page = await visit(browser, served, `/customers/${customerId}?element=trust`);
    await page.getByRole('heading', { name: '<script>Ada</script>' }).waitFor();
    const rows = page.getByRole('list', { name: 'From the score without evidence to the score' }).getByRole('listitem');
    await rows.first().waitFor();
    const numbers = (await rows.locator('.waterfall-number').allInnerTexts()).map((text) =>
      Number(text.replace('−', '-')),
    );
    const score = numbers.pop()!;
    const roundings = 0.05 * (numbers.length + 1);
    expect(Math.abs(numbers.reduce((sum, one) => sum + one, 0) - score)).toBeLessThanOrEqual(roundings);
    await page.getByRole('button', { name: /broken promise/ }).click();
    await rows.filter({ hasText: '· promise.broken' }).waitFor();
    await expectReadable(page);
    await page.context().close();
  });

  test('shows the scores of the past, and goes back to now', async () => {
    const page = await visit(browser, served, `/customers/${customerId}?element=trust&at=${daysAgo(10)}`);
    await page.getByText('The scores as they were').waitFor();
    const trust = page.getByRole('button', { name: /^Trust/ });
    const then = await trust.innerText();
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.getByText('let down lately').waitFor();
    expect(await trust.innerText()).not.toBe(then);
    expect(new URL(page.url()).searchParams.get('at')).toBeNull();
    await page.context().close();
  });

  test('keeps a note with line breaks and markup as text', async () => {
    const page = await visit(browser, served, `/customers/${customerId}`);
    await page.getByRole('tab', { name: 'Notes' }).click();
    await page.getByText('No notes yet.').waitFor();
    await page.getByLabel('New note').fill('Prefers <b>tea</b>');
    await page.getByRole('button', { name: 'Add the note' }).click();
    await page.getByText('Prefers <b>tea</b>', { exact: true }).waitFor();
    await expectReadable(page);
    await page.context().close();
  });
});
