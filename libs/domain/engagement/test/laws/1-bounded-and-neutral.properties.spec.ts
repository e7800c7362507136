import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Element, Scores } from '../../src/index.ts';
import { compileModel, elements, emptyState, fold, scoresAt } from '../../src/index.ts';
import { aModelDocument, daysAgo, now } from '../../src/testing/index.ts';
import { history, modelDocument, unrhythmicDocument } from '../arbitraries.ts';

function numbersOf({ overall, elements: scores }: Scores): number[] {
  const scored = elements.flatMap((element) => [scores[element].bond, scores[element].mood]);
  return [overall, ...scored].filter((score) => score !== null);
}

describe('law 1: bounded and neutral', () => {
  it('keeps every score within 0..100 and every confidence within 0..1', () => {
    fc.assert(
      fc.property(modelDocument, history, (document, evidence) => {
        const model = compileModel(document);
        const scores = scoresAt(model, fold(model, evidence), now);
        for (const score of numbersOf(scores)) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
        }
        for (const element of elements) {
          expect(scores.elements[element].confidence).toBeGreaterThanOrEqual(0);
          expect(scores.elements[element].confidence).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('gives no score and no confidence to an element without evidence', () => {
    const unknown = { bond: null, mood: null, drop: null, confidence: 0, evidence: 0 };
    const model = compileModel(aModelDocument());
    const scores = scoresAt(model, emptyState(), now);
    expect(scores.overall).toBeNull();
    for (const element of elements) expect(scores.elements[element]).toEqual(unknown);
  });

  it('gives a score exactly to the elements with evidence, to coherence with two channels, and to those of rhythm with a purchase', () => {
    fc.assert(
      fc.property(modelDocument, history, (document, evidence) => {
        const model = compileModel(document);
        const scores = scoresAt(model, fold(model, evidence), now);
        const withSignals = evidence.filter(({ signals }) => signals.length > 0);
        const hasPurchase = evidence.some(({ purchase }) => purchase !== undefined);
        const isRhythmic = (element: Element) => document.rhythm?.elements[element] !== undefined;
        const hasSpread = new Set(withSignals.map(({ channel }) => channel)).size > 1;
        for (const element of elements) {
          const about = withSignals.filter(({ signals }) => signals.some((signal) => signal.element === element));
          expect(scores.elements[element].evidence).toBe(about.length);
          const isKnown =
            about.length > 0 || (element === 'coherence' && hasSpread) || (hasPurchase && isRhythmic(element));
          expect(scores.elements[element].bond !== null).toBe(isKnown);
          expect(scores.elements[element].mood !== null).toBe(isKnown);
        }
        const isSilent = hasPurchase && document.rhythm !== undefined;
        expect(scores.overall !== null).toBe(withSignals.length > 0 || isSilent);
      }),
    );
  });

  it('returns a score without new evidence to its base, if silence is no evidence', () => {
    fc.assert(
      fc.property(unrhythmicDocument, history, (document, evidence) => {
        const model = compileModel(document);
        const { elements: scores } = scoresAt(model, fold(model, evidence), daysAgo(-1e6));
        for (const element of elements) {
          const { bond } = scores[element];
          if (bond !== null) expect(bond).toBeCloseTo(100 * document.elements[element].base, 6);
        }
      }),
    );
  });
});
