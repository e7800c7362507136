import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { channelSpreadId, compileModel, elements, explain, fold, rhythmId, scales, scoresAt } from '../../src/index.ts';
import { now } from '../../src/testing/index.ts';
import { history, instant, modelDocument } from '../arbitraries.ts';
import { expectClose, expectSameScore } from '../close.ts';

const element = fc.constantFrom(...elements);
const scale = fc.constantFrom(...scales);

describe('law 4: exactly explained', () => {
  it('has contributions and groups that add up to the score', () => {
    fc.assert(
      fc.property(
        modelDocument,
        history,
        fc.record({ element, scale, at: instant }),
        (document, evidence, question) => {
          const { base, score, groups, contributions } = explain(compileModel(document), evidence, question);
          const sum = contributions.reduce((total, { contribution }) => total + contribution, 0);
          expectClose(base + sum, score ?? base);
          const size = contributions.reduce((total, { contribution }) => total + Math.abs(contribution), 0);
          // score − base loses digits of the score itself, so the tolerance is at least that of the size of the score.
          expectClose(sum, (score ?? base) - base, Math.max(size, base * 1e-3));
          const sumOfGroups = groups.reduce((total, { contribution }) => total + contribution, 0);
          expectClose(sumOfGroups, sum, Math.max(size, base * 1e-3));
        },
      ),
    );
  });

  it('explains the same score that the state gives', () => {
    fc.assert(
      fc.property(modelDocument, history, fc.record({ element, scale }), (document, evidence, asked) => {
        const model = compileModel(document);
        const explained = explain(model, evidence, { ...asked, at: now }).score;
        expectSameScore(explained, scoresAt(model, fold(model, evidence), now).elements[asked.element][asked.scale]);
      }),
    );
  });

  it('has one contribution for each activity with a signal for the element, and at most one each for rhythm and spread', () => {
    fc.assert(
      fc.property(
        modelDocument,
        history,
        fc.record({ element, scale, at: instant }),
        (document, evidence, question) => {
          const { contributions } = explain(compileModel(document), evidence, question);
          const expected = evidence
            .filter(
              ({ at, signals }) => at <= question.at && signals.some((signal) => signal.element === question.element),
            )
            .map(({ activityId }) => activityId);
          const others: readonly string[] = [channelSpreadId, rhythmId];
          const ids = contributions.map(({ activityId }) => activityId);
          expect(ids.filter((id) => !others.includes(id)).toSorted()).toEqual(expected.toSorted());
          expect(ids.filter((id) => id === rhythmId).length).toBeLessThanOrEqual(1);
          const spreads = ids.filter((id) => id === channelSpreadId).length;
          expect(spreads).toBeLessThanOrEqual(question.element === 'coherence' ? 1 : 0);
        },
      ),
    );
  });

  it('lists the largest contribution first', () => {
    fc.assert(
      fc.property(
        modelDocument,
        history,
        fc.record({ element, scale, at: instant }),
        (document, evidence, question) => {
          const sizes = explain(compileModel(document), evidence, question).contributions.map((one) =>
            Math.abs(one.contribution),
          );
          expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
        },
      ),
    );
  });
});
