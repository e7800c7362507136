import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Evidence, Model } from '../../src/index.ts';
import { compileModel, elements, explain, fold, isEvidence, scales, scoresAt } from '../../src/index.ts';
import { daysAgo } from '../../src/testing/index.ts';
import { history, instant, modelDocument, number } from '../arbitraries.ts';
import { expectSameScore } from '../close.ts';
import { scoreByHand } from '../formula-by-hand.ts';

function expectFormula(model: Model, evidence: readonly Evidence[], at: number): void {
  const known = evidence.filter((one) => one.at <= at);
  const scores = scoresAt(model, fold(model, known), at);
  for (const element of elements) {
    for (const scale of scales) {
      expectSameScore(scores.elements[element][scale], scoreByHand(model, evidence, { element, scale, at }));
    }
  }
}

describe('law 5: at any time', () => {
  it('reads from a state, at any later instant, the score that the formula gives from the evidence', () => {
    fc.assert(
      fc.property(modelDocument, history, number(0, 2000), (document, evidence, daysLater) => {
        expectFormula(compileModel(document), evidence, Math.round(daysAgo(-daysLater)));
      }),
    );
  });

  it('gives the score of any past instant by the fold over the evidence up to it', () => {
    fc.assert(
      fc.property(modelDocument, history, instant, (document, evidence, at) => {
        expectFormula(compileModel(document), evidence, at);
      }),
    );
  });

  it('explains any past instant from the evidence up to it', () => {
    fc.assert(
      fc.property(modelDocument, history, instant, (document, evidence, at) => {
        const model = compileModel(document);
        const question = { element: 'coherence', scale: 'mood', at } as const;
        expectSameScore(explain(model, evidence, question).score, scoreByHand(model, evidence, question));
      }),
    );
  });

  it('gives the scores at the latest evidence for an earlier instant', () => {
    fc.assert(
      fc.property(modelDocument, history, instant, (document, evidence, at) => {
        const model = compileModel(document);
        const state = fold(model, evidence);
        const latest = Math.max(at, ...evidence.filter(isEvidence).map((one) => one.at));
        const scores = scoresAt(model, state, at);
        expect(scores.at).toBe(latest);
        expect(scores).toEqual(scoresAt(model, state, latest));
      }),
    );
  });
});
