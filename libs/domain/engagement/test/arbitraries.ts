import fc from 'fast-check';
import type { Evidence, ModelDocument, Signal } from '../src/index.ts';
import { channels, elements, vouchers } from '../src/index.ts';
import { aModelDocument, aReason, daysAgo } from '../src/testing/index.ts';

/** A finite number from `min` to `max`. */
export const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** An instant within about three years before the tests' now. */
export const instant = number(0, 1000).map((days) => Math.round(daysAgo(days)));

const amount = number(0.01, 10_000);

const signal: fc.Arbitrary<Signal> = fc.record(
  {
    element: fc.constantFrom(...elements),
    weight: number(0.01, 100),
    valence: number(0, 1),
    rule: fc.constant(0),
    amount,
  },
  { requiredKeys: ['element', 'weight', 'valence', 'rule'] },
);

/** The evidence of one activity: sometimes without signals, sometimes with two signals for one element, sometimes a purchase. */
export const evidence: fc.Arbitrary<Evidence> = fc.record(
  {
    activityId: fc.uuid(),
    name: fc.constantFrom('promise.kept', 'offer.dismissed', 'queue.waited'),
    at: instant,
    channel: fc.constantFrom(...channels),
    vouchedBy: fc.constantFrom(...vouchers),
    signals: fc.array(signal, { maxLength: 4 }),
    purchase: fc.record({ amount }, { requiredKeys: [] }),
  },
  { requiredKeys: ['activityId', 'name', 'at', 'channel', 'vouchedBy', 'signals'] },
);

/** The evidence of one member, in any order. No matter is told twice. */
export const history = fc.uniqueArray(evidence, { maxLength: 30, selector: ({ activityId }) => activityId });

const elementDocument = fc.record({
  base: number(0.01, 0.99),
  strength: number(0.01, 1000),
  weight: number(0.01, 100),
});

const purchases = fc
  .record({ mostTimesUsual: number(1, 100) })
  .map((most) => ({ activities: ['order.completed'], ...most }));

const rhythm = fc.record({
  shape: number(0.01, 100),
  rateDays: number(0.1, 1000),
  sharpness: number(1, 20),
  valence: number(0, 1),
  elements: fc.constantFrom({ value: 3 }, { value: 1, relevance: 2, coherence: 0.5 }),
  because: fc.constant(aReason('It is silent.')),
});

const channelSpread = fc.record({ weight: number(0.01, 100), because: fc.constant(aReason('Channels differ.')) });

const parts = fc.record({
  halfLifeDays: fc.record({ bond: number(5, 1000), mood: number(0.5, 60) }),
  elements: fc.record({
    value: elementDocument,
    efficiency: elementDocument,
    trust: elementDocument,
    coherence: elementDocument,
    relevance: elementDocument,
    control: elementDocument,
  }),
  channelSpread,
});

/** A model with any plausible priors and half-lives, and no rhythm. */
export const unrhythmicDocument: fc.Arbitrary<ModelDocument> = fc
  .tuple(parts, purchases)
  .map(([plain, bought]) => aModelDocument({ ...plain, purchases: bought }));

/** A model with any plausible priors and half-lives, with or without a rhythm. */
export const modelDocument: fc.Arbitrary<ModelDocument> = fc
  .tuple(unrhythmicDocument, fc.option(rhythm))
  .map(([document, silent]) => (silent === null ? document : { ...document, rhythm: silent }));
