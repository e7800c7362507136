import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hashOf, packed, unpacked } from '../../src/imports/corrected/line-entry.ts';
import { PreviousLines } from '../../src/imports/corrected/previous-lines.ts';

const content = fc.integer({ min: 1, max: 6 }).map((number) => `line ${number}`);

test('each line is matched as often as it was added, in order, and no other line is', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(content, fc.boolean())), fc.array(content), (before, after) => {
      const lines = new PreviousLines(before.length);
      const entries = before.map(([text, isRejected], index) => ({ hash: hashOf(text), line: index + 1, isRejected }));
      for (const entry of unpacked(packed(entries))) lines.add(entry, 1);
      const left = entries.map(({ line, isRejected }, index) => ({
        line,
        isRejected,
        revision: 1,
        text: before[index]![0],
      }));
      for (const text of after) {
        const at = left.findIndex((entry) => entry.text === text);
        const [found] = at === -1 ? [undefined] : left.splice(at, 1);
        expect(lines.match(hashOf(text))).toEqual(
          found && { line: found.line, isRejected: found.isRejected, revision: 1 },
        );
      }
    }),
  );
});

test('a line may have the greatest number', () => {
  const entries = [true, false].map((isRejected) => ({ hash: hashOf('a'), line: 2_147_483_647, isRejected }));
  expect([...unpacked(packed(entries))]).toEqual(entries);
});
