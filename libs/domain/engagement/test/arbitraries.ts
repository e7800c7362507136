import fc from 'fast-check';
import type { Evidence, ModelDocument, Signal } from '../src/index.ts';
import { channels, elements, vouchers } from '../src/index.ts';
import { aModelDocument, daysAgo } from '../src/testing/index.ts';

/** A finite number from `min` to `max`. */
export const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** An instant within about three years before the tests' now. */
export const instant = number(0, 1000).map((days) => Math.round(daysAgo(days)));

const signal: fc.Arbitrary<Signal> = fc.record({
  element: fc.constantFrom(...elements),
  weight: number(0.01, 100),
  valence: number(0, 1),
});

/** The evidence of one activity: sometimes without signals, sometimes with two signals for one element. */
export const evidence: fc.Arbitrary<Evidence> = fc.record({
  activityId: fc.uuid(),
  name: fc.constantFrom('promise.kept', 'offer.dismissed', 'queue.waited'),
  at: instant,
  channel: fc.constantFrom(...channels),
  vouchedBy: fc.constantFrom(...vouchers),
  signals: fc.array(signal, { maxLength: 4 }),
});

/** The evidence of one member, in any order. */
export const history = fc.uniqueArray(evidence, { maxLength: 30, selector: ({ activityId }) => activityId });

const elementDocument = fc.record({
  base: number(0.01, 0.99),
  strength: number(0.01, 1000),
  weight: number(0.01, 100),
});

/** A model with any plausible priors and half-lives. */
export const modelDocument: fc.Arbitrary<ModelDocument> = fc
  .record({
    halfLifeDays: fc.record({ bond: number(1, 1000), mood: number(0.5, 60) }),
    elements: fc.record({
      value: elementDocument,
      efficiency: elementDocument,
      trust: elementDocument,
      coherence: elementDocument,
      relevance: elementDocument,
      control: elementDocument,
    }),
    channelSpread: fc.record({ weight: number(0.01, 100) }),
  })
  .map((parts) => aModelDocument(parts));
