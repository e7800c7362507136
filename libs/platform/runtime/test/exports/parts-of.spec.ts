import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ExportFile, type FilePart, maxItemBytes, maxPartBytes, partsOf } from '../../src/exports/parts-of.ts';

const partsIn = async (...files: ExportFile[]) => {
  const parts: FilePart[] = [];
  for await (const part of partsOf(files)) parts.push(part);
  return parts;
};
/** A JSON string of this many bytes. */
const aText = (bytes: number) => 'x'.repeat(bytes - 2);

describe('the parts of files', () => {
  it('are numbered over all files, and the last one says so', async () => {
    expect(await partsIn({ name: 'offers', items: [1, 2] }, { name: 'decisions', items: [3] })).toEqual([
      { file: 'offers', items: [1, 2], part: 0, isLast: false },
      { file: 'decisions', items: [3], part: 1, isLast: true },
    ]);
  });

  it('are one without items for a file without items', async () => {
    expect(await partsIn({ name: 'offers', items: [] })).toEqual([
      { file: 'offers', items: [], part: 0, isLast: true },
    ]);
  });

  it.each([
    [-1, 1],
    [0, 1],
    [1, 2],
  ])('hold what has the largest size %+d bytes in %d', async (more, count) => {
    const half = maxPartBytes / 2;
    const parts = await partsIn({ name: 'offers', items: [aText(half), aText(half + more)] });
    expect(parts).toHaveLength(count);
  });

  it.each([
    [-1, false],
    [0, false],
    [1, true],
  ])('do not hold an item that is %+d bytes too large', async (more, isTooLarge) => {
    const bytes = maxItemBytes + more;
    const [{ items } = { items: [] }] = await partsIn({ name: 'offers', items: [aText(bytes)] });
    expect(items).toEqual([isTooLarge ? { isTooLarge: true, bytes } : aText(bytes)]);
  });

  it('have all items of all files in their order, whatever their sizes', async () => {
    const items = fc.array(fc.integer({ min: 2, max: maxPartBytes }).map(aText), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(items, items, async (offers, decisions) => {
        const parts = await partsIn({ name: 'offers', items: offers }, { name: 'decisions', items: decisions });
        const itemsOf = (name: string) => parts.filter(({ file }) => file === name).flatMap((part) => part.items);
        expect([itemsOf('offers'), itemsOf('decisions')]).toEqual([offers, decisions]);
        expect(parts.map(({ part }) => part)).toEqual([...parts.keys()]);
        expect(parts.filter(({ isLast }) => isLast)).toEqual([parts.at(-1)]);
      }),
      { numRuns: 30 },
    );
  });
});
