import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { markup } from '../../src/export/page/markup.ts';
import { pageOf } from '../../src/export/page/page.ts';
import { knownFiles } from '../../src/export/export-files.ts';

const noon = new Date(Date.UTC(2026, 10, 20, 12));

async function textOf(files: Readonly<Record<string, readonly unknown[]>>): Promise<string> {
  const pages = Object.entries(files).map(([name, items]) => ({
    ...(knownFiles.find((file) => file.name === name) ?? { name, title: name }),
    asOf: noon,
    items: async function* () {
      yield* items;
    },
  }));
  const pieces: string[] = [];
  for await (const piece of pageOf(pages, noon)) pieces.push(piece);
  return pieces.join('');
}

describe('a template of HTML', () => {
  it('writes settings without the punctuation of JSON', async () => {
    const settings = [
      { field: 'quietHours', value: '{"from":22,"to":7}', setAt: '2026-11-20T10:00:00.000Z' },
      { field: 'language', value: '"it"', setAt: '2026-11-20T10:00:00.000Z' },
      { field: 'topics', value: '["wine","cheese"]', setAt: '2026-11-20T10:00:00.000Z' },
      { field: 'offers', value: 'denied', setAt: '2026-11-20T10:00:00.000Z' },
    ];
    const page = await textOf({ consents: settings });
    for (const cell of ['from: 22, to: 7', 'it', 'wine, cheese', 'denied']) expect(page).toContain(`<td>${cell}</td>`);
  });

  it('escapes what is put into it, and keeps other templates', () => {
    expect(
      `${markup`<p title="${'"a" & <b>'}">${markup`<b>${"it's"}</b>`}${[markup`<i>1</i>`, markup`<i>2</i>`]}</p>`}`,
    ).toBe('<p title="&quot;a&quot; &amp; &lt;b&gt;"><b>it&#39;s</b><i>1</i><i>2</i></p>');
  });
});

/** The elements that are open at the end of the page, or the first one that is closed out of turn. */
function openElements(page: string): string[] {
  const open: string[] = [];
  for (const [, slash, name] of page.matchAll(/<(\/?)([a-z]\w*)[^>]*>/g)) {
    if (name === 'meta') continue;
    if (!slash) open.push(name!);
    else if (open.pop() !== name) return [`closed out of turn: ${name}`];
  }
  return open;
}

describe('the page of an export', () => {
  it('closes every element in turn, and has its rows in tables', async () => {
    const items = [
      { field: 'offers', value: 'granted' },
      { field: 'personalisation', value: 'denied' },
    ];
    const profile = { members: [{ identifiers: [{ kind: 'user_id', value: 'ada' }] }], channels: [{ channel: 'web' }] };
    const page = await textOf({ profile: [profile], consents: items, scores: [{ elements: { trust: { bond: 50 } } }] });
    expect(openElements(page)).toEqual([]);
    expect(page).toMatch(/<tbody>\n<tr><td>offers<\/td><td>granted<\/td><td><\/td><\/tr>\n<tr><td>personalisation/);
  });

  it.each(knownFiles.map(({ name }) => name))('is whole if %s is empty or has something unexpected', async (name) => {
    for (const items of [[], [null], [{}], ['text', 1, [], { value: null, elements: 5, members: 'x' }]])
      expect(await textOf({ [name]: items })).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });

  it('has no element of the data, whatever the data is', async () => {
    const plain = await textOf({ notes: [{ text: 'x' }], timeline: [{ name: 'x', properties: { a: 'x' } }] });
    const elements = (page: string) => page.match(/<[^>]*>/g);
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('<', '>', '"', '</td>', '&lt;', "'><b>"),
        async (text, sign) => {
          const given = `${text}${sign}${text}`;
          const page = await textOf({
            notes: [{ text: given }],
            timeline: [{ name: given, properties: { a: given } }],
          });
          expect(elements(page)).toEqual(elements(plain));
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each([
    [999, 999, false],
    [1_000, 1_000, false],
    [1_001, 1_000, true],
  ])('shows of %d activities the newest %d', async (given, shown, isCut) => {
    const page = await textOf({ timeline: Array.from({ length: given }, () => ({ name: 'page.viewed' })) });
    expect(page.match(/<td>Page Viewed<\/td>/g)).toHaveLength(shown);
    expect(page.includes('All of them are in timeline.json.')).toBe(isCut);
  });

  it('names the five largest reasons of each slow score', async () => {
    const reasons = ['bond', 'mood'].flatMap((scale) =>
      Array.from({ length: 7 }, (_, index) => ({
        element: 'trust',
        scale,
        because: `${scale}-${index}`,
        contribution: 7 - index,
      })),
    );
    const page = await textOf({ reasons });
    expect(page.match(/bond-\d/g)).toEqual(['bond-0', 'bond-1', 'bond-2', 'bond-3', 'bond-4']);
    expect(page).not.toContain('mood-');
  });
});
