import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { add, compileModel, emptyState, fold, toNumbers } from '../../src/index.ts';
import { anEvidence, aModelDocument, aSignal, daysAgo, now } from '../../src/testing/index.ts';
import { history, modelDocument } from '../arbitraries.ts';

describe('law 6: cheap', () => {
  it('stores 100 numbers per member, for any evidence', () => {
    fc.assert(
      fc.property(modelDocument, history, (document, evidence) => {
        expect(toNumbers(fold(compileModel(document), evidence))).toHaveLength(100);
      }),
    );
  });

  it('changes a few numbers for one more activity at the same instant', () => {
    const model = compileModel(aModelDocument());
    const before = toNumbers(fold(model, [anEvidence(), anEvidence({ channel: 'web' })]));
    const after = toNumbers(add(model, fold(model, [anEvidence(), anEvidence({ channel: 'web' })]), anEvidence()));
    // The counts of trust and of the store; W and V of both, for bond and for mood.
    expect(after.filter((number, index) => number !== before[index])).toHaveLength(10);
  });

  it('adds an activity to the state without reading the earlier evidence', () => {
    const model = compileModel(aModelDocument());
    const old = anEvidence({ at: daysAgo(180), signals: [aSignal({ weight: 4 })] });
    const state = add(model, add(model, emptyState(), old), anEvidence({ at: now }));
    expect(toNumbers(state)).toEqual(toNumbers(fold(model, [old, anEvidence({ at: now })])));
  });
});
