import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileModel, emptyState, fold, merge, toNumbers } from '../../src/index.ts';
import { history, modelDocument } from '../arbitraries.ts';
import { expectSameState } from '../close.ts';

describe('law 3: mergeable', () => {
  it('gives the state of the evidence of both members', () => {
    fc.assert(
      fc.property(modelDocument, history, history, (document, ours, theirs) => {
        const model = compileModel(document);
        const merged = merge(model, fold(model, ours), fold(model, theirs));
        expectSameState(merged, fold(model, [...ours, ...theirs]));
      }),
    );
  });

  it('is commutative, exactly', () => {
    fc.assert(
      fc.property(modelDocument, history, history, (document, ours, theirs) => {
        const model = compileModel(document);
        const [a, b] = [fold(model, ours), fold(model, theirs)];
        expect(toNumbers(merge(model, a, b))).toEqual(toNumbers(merge(model, b, a)));
      }),
    );
  });

  it('is associative', () => {
    fc.assert(
      fc.property(modelDocument, history, history, history, (document, first, second, third) => {
        const model = compileModel(document);
        const [a, b, c] = [fold(model, first), fold(model, second), fold(model, third)];
        expectSameState(merge(model, merge(model, a, b), c), merge(model, a, merge(model, b, c)));
      }),
    );
  });

  it('has the empty state as its identity, exactly', () => {
    fc.assert(
      fc.property(modelDocument, history, (document, evidence) => {
        const model = compileModel(document);
        const state = fold(model, evidence);
        expect(toNumbers(merge(model, state, emptyState()))).toEqual(toNumbers(state));
      }),
    );
  });
});
