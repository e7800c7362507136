import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Evidence } from '../../src/index.ts';
import { add, compileModel, emptyState, fold, toNumbers } from '../../src/index.ts';
import { history, modelDocument } from '../arbitraries.ts';
import { expectSameState } from '../close.ts';

const shuffled = history.chain((evidence) =>
  fc.tuple(
    fc.constant(evidence),
    fc.shuffledSubarray(evidence, { minLength: evidence.length, maxLength: evidence.length }),
  ),
);

const byInstant = (a: Evidence, b: Evidence) => a.at - b.at;

describe('law 2: order-free', () => {
  it('gives the same state in any order', () => {
    fc.assert(
      fc.property(modelDocument, shuffled, (document, [evidence, inAnotherOrder]) => {
        const model = compileModel(document);
        expectSameState(fold(model, inAnotherOrder), fold(model, evidence));
      }),
    );
  });

  it('gives the same state if one activity arrives late', () => {
    fc.assert(
      fc.property(modelDocument, history, fc.nat(), (document, evidence, pick) => {
        const model = compileModel(document);
        const inOrder = [...evidence].sort(byInstant);
        const late = inOrder.splice(pick % Math.max(1, inOrder.length), 1);
        const arrived = [...inOrder, ...late].reduce((state, one) => add(model, state, one), emptyState());
        expectSameState(arrived, fold(model, evidence));
      }),
    );
  });

  it('gives exactly the same state for any split into batches', () => {
    fc.assert(
      fc.property(modelDocument, history, fc.nat({ max: 30 }), (document, evidence, cut) => {
        const model = compileModel(document);
        const first = fold(model, evidence.slice(0, cut));
        const state = evidence.slice(cut).reduce((sum, one) => add(model, sum, one), first);
        expect(toNumbers(state)).toEqual(toNumbers(fold(model, evidence)));
      }),
    );
  });

  it('never changes a state that it adds to', () => {
    fc.assert(
      fc.property(modelDocument, history, (document, evidence) => {
        const model = compileModel(document);
        const state = fold(model, evidence);
        const before = toNumbers(state);
        for (const one of evidence) add(model, state, one);
        expect(toNumbers(state)).toEqual(before);
      }),
    );
  });
});
