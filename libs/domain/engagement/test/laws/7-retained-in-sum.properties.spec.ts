import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Evidence, Question } from '../../src/index.ts';
import { channelSpreadId, compileModel, elements, emptyState, explain, fold, merge } from '../../src/index.ts';
import { rhythmId, scales, scoresAt } from '../../src/index.ts';
import { now } from '../../src/testing/index.ts';
import { history, modelDocument } from '../arbitraries.ts';
import { expectClose, expectSameScore, expectSameState } from '../close.ts';

/** A history, and which of its evidence is no longer kept. */
const split = history.chain((evidence) =>
  fc
    .array(fc.nat({ max: 2 }), { minLength: evidence.length, maxLength: evidence.length })
    .map((months) => ({ evidence, in: (month: number) => evidence.filter((_, index) => months[index] === month) })),
);
const question: fc.Arbitrary<Question> = fc.record({
  element: fc.constantFrom(...elements),
  scale: fc.constantFrom(...scales),
  at: fc.constant(now),
});
const isOwn =
  ({ element }: Question) =>
  (evidence: Evidence) =>
    evidence.signals.some((signal) => signal.element === element);

describe('law 7: retained in sum, when evidence is no longer kept', () => {
  it('has the same state, by the fold of the kept evidence over the base', () => {
    fc.assert(
      fc.property(modelDocument, split, (document, of) => {
        const model = compileModel(document);
        expectSameState(fold(model, of.in(0), fold(model, [...of.in(1), ...of.in(2)])), fold(model, of.evidence));
      }),
    );
  });

  it('has the same base, whether it is dropped at once or month by month', () => {
    fc.assert(
      fc.property(modelDocument, split, (document, of) => {
        const model = compileModel(document);
        const byMonth = [1, 2].reduce((base, month) => merge(model, base, fold(model, of.in(month))), emptyState());
        expectSameState(byMonth, fold(model, [...of.in(1), ...of.in(2)]));
      }),
    );
  });

  it('has the same scores', () => {
    fc.assert(
      fc.property(modelDocument, split, (document, of) => {
        const model = compileModel(document);
        const [after, before] = [
          scoresAt(model, fold(model, of.in(0), fold(model, [...of.in(1), ...of.in(2)])), now),
          scoresAt(model, fold(model, of.evidence), now),
        ];
        expectSameScore(after.overall, before.overall);
        for (const element of elements) {
          for (const scale of scales) expectSameScore(after.elements[element][scale], before.elements[element][scale]);
          expect(after.elements[element].evidence).toBe(before.elements[element].evidence);
        }
      }),
    );
  });

  it('has an explanation with the same sum, in which one item stands for all that is no longer kept', () => {
    fc.assert(
      fc.property(modelDocument, split, question, (document, of, asked) => {
        const model = compileModel(document);
        const dropped = [...of.in(1), ...of.in(2)];
        const before = explain(model, of.evidence, asked);
        const { base, score, contributions, earlier } = explain(model, of.in(0), asked, fold(model, dropped));
        expectSameScore(score, before.score);
        const items = [...contributions, ...(earlier ? [earlier] : [])].map(({ contribution }) => contribution);
        const sum = items.reduce((total, item) => total + item, 0);
        const size = items.reduce((total, item) => total + Math.abs(item), 0);
        expectClose(sum, (score ?? base) - base, Math.max(size, base * 1e-3));
        expect(earlier?.activities ?? 0).toBe(dropped.filter(isOwn(asked)).length);
      }),
    );
  });

  it('keeps the contribution of each activity that is kept, of rhythm, and of the spread between channels', () => {
    fc.assert(
      fc.property(modelDocument, split, question, (document, of, asked) => {
        const model = compileModel(document);
        const all = explain(model, of.evidence, asked);
        const { contributions } = explain(model, of.in(0), asked, fold(model, [...of.in(1), ...of.in(2)]));
        const kept = of.in(0).map(({ activityId }) => activityId);
        const listed = [...kept, channelSpreadId, rhythmId];
        const expected = all.contributions.filter(({ activityId }) => listed.includes(activityId));
        expect(contributions).toHaveLength(expected.length);
        for (const { activityId, contribution } of expected) {
          const same = contributions.find((one) => one.activityId === activityId);
          const size = Math.max(Math.abs(contribution), all.base * 1e-3);
          expectClose(same?.contribution ?? Number.NaN, contribution, size);
        }
      }),
    );
  });

  it('has an earlier item with a weight of at least 0 and a valence from 0 to 1', () => {
    fc.assert(
      fc.property(modelDocument, split, question, (document, of, asked) => {
        const model = compileModel(document);
        const { earlier } = explain(model, of.in(0), asked, fold(model, [...of.in(1), ...of.in(2)]));
        if (earlier === null) return;
        expect(earlier.weight).toBeGreaterThanOrEqual(0);
        expect(earlier.valence).toBeGreaterThanOrEqual(0);
        expect(earlier.valence).toBeLessThanOrEqual(1);
      }),
    );
  });
});
