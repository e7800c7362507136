import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  compileModel,
  elements,
  emptyState,
  factorSince,
  fold,
  isEvidence,
  scales,
  scoresAt,
  sumsAtLandmark,
} from '../../src/index.ts';
import { daysAgo, now } from '../../src/testing/index.ts';
import { history, modelDocument, number, unrhythmicDocument } from '../arbitraries.ts';
import { expectClose, expectSameScore } from '../close.ts';

const dayMs = 86_400_000;
/** Sums that are smaller are stored as 0. */
const visible = 1e-90;
const anInstant = number(-400, 400).map((days) => Math.round(daysAgo(days)));

describe('law 9: one factor for all customers', () => {
  it('brings the sums of a landmark to any other instant', () => {
    fc.assert(
      fc.property(modelDocument, history, anInstant, anInstant, (document, evidence, landmark, at) => {
        const model = compileModel(document);
        const state = fold(model, evidence);
        const [there, here] = [sumsAtLandmark(model, state, landmark), sumsAtLandmark(model, state, at)];
        for (const scale of scales) {
          const factor = factorSince(model.halfLives[scale], landmark, at);
          const pairs = elements.map((element) => [there.elements[scale][element], here.elements[scale][element]]);
          const channels = [...here.channels[scale].met].map(([name, sums]) => [
            there.channels[scale].met.get(name)!,
            sums,
          ]);
          for (const [one, other] of [...pairs, ...channels]) {
            if (one!.weight < visible || other!.weight < visible) continue;
            expectClose(one!.weight * factor, other!.weight);
            if (one!.good > visible && other!.good > visible) expectClose(one!.good * factor, other!.good);
          }
        }
      }),
    );
  });

  it('gives the scores at any instant after the latest evidence, in any unit of weight', () => {
    fc.assert(
      fc.property(unrhythmicDocument, history, anInstant, number(0, 400), (document, evidence, landmark, days) => {
        const model = compileModel(document);
        const state = fold(model, evidence);
        const at = Math.max(landmark, now, ...evidence.filter(isEvidence).map((one) => one.at)) + days * dayMs;
        const sums = sumsAtLandmark(model, state, landmark);
        const expected = scoresAt(model, state, at);
        for (const element of elements.filter((one) => one !== 'coherence'))
          for (const scale of scales) {
            const { base, strength } = model.priors[element];
            const unit = strength / factorSince(model.halfLives[scale], landmark, at);
            const { weight, good } = sums.elements[scale][element];
            const score = sums.evidence[element] === 0 ? null : (100 * (base * unit + good)) / (unit + weight);
            expectSameScore(score, expected.elements[element][scale]);
          }
      }),
    );
  });

  it('knows no instant and no purchase of nobody', () => {
    const sums = sumsAtLandmark(compileModel(fc.sample(modelDocument, 1)[0]), emptyState(), now);
    expect(sums).toMatchObject({ latestAt: undefined, purchases: null });
    expect(sums.elements.mood.trust).toEqual({ weight: 0, good: 0 });
  });
});

describe('the factor between two instants', () => {
  it.each([
    [999, 2 ** -999],
    [1_000, 2 ** -1_000],
    [1_001, 2 ** -1_000],
    [-999, 2 ** 999],
    [-1_000, 2 ** 1_000],
    [-1_001, 2 ** 1_000],
  ])('after %d half-lives is %d', (halfLives, factor) => {
    expect(factorSince(dayMs, 0, halfLives * dayMs)).toBe(factor);
  });
});
