import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Evidence, Scores } from '../../src/index.ts';
import { channels, compileModel, elements, explain, fold, fromNumbers, merge, scales } from '../../src/index.ts';
import { scoresAt, toNumbers } from '../../src/index.ts';
import { aModelDocument, anEvidence, aReason, aSignal, daysAgo, now } from '../../src/testing/index.ts';
import { number } from '../arbitraries.ts';

const aMinute = 1 / 1440;
const aCentury = 36_525;
const [earliest, latest] = [-8.64e15, 8.64e15];

const at = fc.constantFrom(earliest, latest, 0, now, daysAgo(2000 * 365.25));
const amount = fc.constantFrom(1e-6, 1, 1e12);
const evidence: fc.Arbitrary<Evidence> = fc.record(
  {
    activityId: fc.uuid(),
    name: fc.constant('promise.kept'),
    at,
    channel: fc.constantFrom(...channels),
    vouchedBy: fc.constant('page'),
    signals: fc.array(
      fc.record(
        {
          element: fc.constantFrom(...elements),
          weight: fc.constantFrom(1e-9, 1, 1e6),
          valence: fc.oneof(fc.constantFrom(0, 1), number(0, 1)),
          rule: fc.constant(0),
          amount,
        },
        { requiredKeys: ['element', 'weight', 'valence', 'rule'] },
      ),
      { maxLength: 4 },
    ),
    purchase: fc.record({ amount }, { requiredKeys: [] }),
  },
  { requiredKeys: ['activityId', 'name', 'at', 'channel', 'vouchedBy', 'signals'] },
);
const history = fc.array(evidence, { maxLength: 12 });

const prior = fc.record({
  base: fc.constantFrom(Number.MIN_VALUE, 1e-9, 0.5, 1 - Number.EPSILON),
  strength: fc.constantFrom(Number.MIN_VALUE, 1e-9, 4, 1e9, Number.MAX_VALUE),
  weight: fc.constantFrom(Number.MIN_VALUE, 1e-9, 100),
});
const halfLife = fc.constantFrom(Number.MIN_VALUE, aMinute, 7, aCentury, Number.MAX_VALUE);
const model = fc
  .record({
    prior,
    halfLifeDays: fc.record({ bond: halfLife, mood: halfLife }),
    rhythm: fc.record({
      shape: fc.constantFrom(0.001, 1, 1000),
      rateDays: fc.constantFrom(0.001, 1, 100_000),
      sharpness: fc.constantFrom(1, 20),
      valence: fc.constantFrom(0, 1),
      elements: fc.constant({ value: 100, coherence: Number.MIN_VALUE }),
      because: fc.constant(aReason('It is silent.')),
    }),
    channelSpread: fc.record({
      weight: fc.constantFrom(Number.MIN_VALUE, 100),
      because: fc.constant(aReason('Channels differ.')),
    }),
  })
  .map(({ prior: value, ...rest }) => {
    const priors = Object.fromEntries(elements.map((element) => [element, value]));
    const purchases = { activities: ['order.completed'], mostTimesUsual: 100 };
    return compileModel({ ...aModelDocument(), ...rest, elements: priors, purchases });
  });

function expectSane({ overall, elements: scores }: Scores): void {
  const numbers = elements.flatMap((element) => {
    const { bond, mood, confidence, evidence: count } = scores[element];
    return [bond, mood, confidence, count];
  });
  for (const score of [overall, ...numbers]) if (score !== null) expectWithin(score, 0, 100);
  for (const element of elements) expectWithin(scores[element].drop ?? 0, -100, 100);
}

function expectWithin(number: number, least: number, most: number): void {
  expect(Number.isFinite(number)).toBe(true);
  expect(number).toBeGreaterThanOrEqual(least);
  expect(number).toBeLessThanOrEqual(most);
}

describe('extremes', () => {
  it('give finite states and scores within their bounds', () => {
    fc.assert(
      fc.property(model, history, at, (compiled, given, asked) => {
        const state = fold(compiled, given);
        expect(toNumbers(fromNumbers(toNumbers(state)))).toEqual(toNumbers(state));
        expectSane(scoresAt(compiled, state, asked));
      }),
      { numRuns: 500 },
    );
  });

  it('give finite merged states', () => {
    fc.assert(
      fc.property(model, history, history, (compiled, ours, theirs) => {
        const merged = merge(compiled, fold(compiled, ours), fold(compiled, theirs));
        expect(toNumbers(merged).every(Number.isFinite)).toBe(true);
        expectSane(scoresAt(compiled, merged, latest));
      }),
      { numRuns: 300 },
    );
  });

  it('give finite explanations', () => {
    const question = fc.record({ element: fc.constantFrom(...elements), scale: fc.constantFrom(...scales), at });
    fc.assert(
      fc.property(model, history, question, (compiled, given, asked) => {
        for (const { weight, valence, contribution, silence } of explain(compiled, given, asked).contributions) {
          expect([weight, valence, contribution, ...Object.values(silence ?? {})].every(Number.isFinite)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keep evidence that has decayed to 0: the score is at its base, with confidence 0', () => {
    const compiled = compileModel(aModelDocument({ halfLifeDays: { bond: aMinute, mood: aMinute } }));
    const old = anEvidence({ at: daysAgo(2000 * 365.25), signals: [aSignal({ weight: 1e6 })] });
    const { trust } = scoresAt(compiled, fold(compiled, [old]), now).elements;
    expect(trust).toEqual({ bond: 50, mood: 50, drop: 0, confidence: 0, evidence: 1 });
  });
});
