import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Evidence, Model } from '../../src/index.ts';
import { compileModel, curve, elements, fold, scales, scoresAt } from '../../src/index.ts';
import { anEvidence, daysAgo, now } from '../../src/testing/index.ts';
import { history, instant, modelDocument } from '../arbitraries.ts';
import { expectClose } from '../close.ts';
import { acts, matterModel, readAll } from '../matters.ts';

/** Sums from which something was subtracted keep its rounding: 1e-9 of a whole score. */
function expectFolds(model: Model, evidence: readonly Evidence[], instants: readonly number[]): void {
  const points = curve(model, evidence, instants);
  expect(points).toHaveLength(instants.length);
  for (const [index, at] of instants.entries()) {
    const known = evidence.filter((one) => one.at <= at);
    const expected = scoresAt(model, fold(model, known), at);
    for (const element of elements)
      for (const scale of scales) {
        const score = points[index]?.elements[element][scale] ?? -1;
        expectClose(score, expected.elements[element][scale] ?? -1, 100);
      }
  }
}

const ascending = (instants: readonly number[]) => instants.toSorted((one, other) => one - other);

describe('a curve', () => {
  it('has at each instant the scores of the fold over the evidence up to it', () => {
    fc.assert(
      fc.property(modelDocument, history, fc.array(instant, { maxLength: 8 }), (document, evidence, instants) => {
        expectFolds(compileModel(document), evidence, ascending(instants));
      }),
    );
  });

  it('has them also where the same matters are told again and again', () => {
    const halfHours = fc.integer({ min: -1, max: 10 }).map((count) => daysAgo(100) + count * 1_800_000);
    fc.assert(
      fc.property(acts, fc.array(halfHours, { maxLength: 8 }), (given, instants) => {
        expectFolds(matterModel, readAll(given), ascending(instants));
      }),
    );
  });

  it('goes on from the evidence that is no longer kept', () => {
    fc.assert(
      fc.property(modelDocument, history, history, (document, gone, evidence) => {
        const model = compileModel(document);
        const base = fold(model, gone);
        const [point] = curve(model, evidence, [now], base);
        const expected = scoresAt(model, fold(model, evidence, base), now);
        for (const element of elements)
          expectClose(point?.elements[element].bond ?? -1, expected.elements[element].bond ?? -1, 100);
      }),
    );
  });

  it.each([
    ['1 ms before', -1, true],
    ['at', 0, false],
    ['1 ms after', 1, false],
  ])('is refused only %s the latest evidence that is no longer kept', (_, ms, isRefused) => {
    const gone = anEvidence({ at: daysAgo(10) });
    const drawing = () => curve(matterModel, [], [gone.at + ms], fold(matterModel, [gone]));
    if (isRefused) expect(drawing).toThrow(RangeError);
    else expect(drawing()).toHaveLength(1);
  });
});
