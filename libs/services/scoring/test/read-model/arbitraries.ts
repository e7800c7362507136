import { channels, elements, type Evidence, type ModelDocument, type Signal, vouchers } from '@sestante/engagement';
import { aModelDocument, aReason, daysAgo } from '@sestante/engagement/testing';
import fc from 'fast-check';

/** A finite number from `min` to `max`. */
export const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

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

const evidence: fc.Arbitrary<Evidence> = fc.record(
  {
    activityId: fc.uuid(),
    name: fc.constant('promise.kept'),
    at: number(0, 1_000).map((days) => Math.round(daysAgo(days))),
    channel: fc.constantFrom(...channels),
    vouchedBy: fc.constantFrom(...vouchers),
    signals: fc.array(signal, { maxLength: 4 }),
    purchase: fc.record({ amount }, { requiredKeys: [] }),
  },
  { requiredKeys: ['activityId', 'name', 'at', 'channel', 'vouchedBy', 'signals'] },
);

/** The evidence of one customer of about three years, in any order, with amounts and purchases. */
export const history = fc.uniqueArray(evidence, { maxLength: 30, selector: ({ activityId }) => activityId });

const because = aReason('So it is.');
const element = fc.record({ base: number(0.01, 0.99), strength: number(0.01, 1_000), weight: number(0.01, 100) });
const six = fc.record({
  value: element,
  efficiency: element,
  trust: element,
  coherence: element,
  relevance: element,
  control: element,
});

type ElementDocument = ModelDocument['elements']['trust'];
const everyElement = (one: ElementDocument) =>
  Object.fromEntries(elements.map((name) => [name, one])) as ModelDocument['elements'];

const below = (field: string, value: number) => ({ field, operator: 'below' as const, value });
const definitions = [
  below('overall', 50),
  {
    any: [
      below('trust.mood', 40),
      below('purchases.chance', 0.3),
      { field: 'channels', operator: 'contains' as const, value: 'web' },
    ],
  },
  { all: [{ not: below('coherence.bond', 50) }, { field: 'channels.count', operator: 'at-least' as const, value: 2 }] },
];

const withoutNull = (document: object) =>
  Object.fromEntries(Object.entries(document).filter(([, value]) => value !== null));

/** A model with any plausible priors and half-lives, with or without rhythm, spread between channels, and a definition of loyal. */
export const modelDocument: fc.Arbitrary<ModelDocument> = fc
  .record({
    halfLifeDays: fc.record({ bond: number(5, 1_000), mood: number(0.5, 60) }),
    elements: fc.oneof(six, element.map(everyElement)),
    purchases: number(1, 100).map((mostTimesUsual) => ({ activities: ['order.completed'], mostTimesUsual })),
    rhythm: fc.option(
      fc.record({
        shape: number(0.01, 100),
        rateDays: number(0.1, 1_000),
        sharpness: number(1, 20),
        valence: number(0, 1),
        elements: fc.constantFrom({ value: 3 }, { value: 1, relevance: 2, coherence: 0.5 }),
        because: fc.constant(because),
      }),
    ),
    channelSpread: fc.option(fc.record({ weight: number(0.01, 100), because: fc.constant(because) })),
    loyal: fc.option(fc.constantFrom(...definitions).map((when) => ({ when, because }))),
  })
  .map((changes) => withoutNull({ ...aModelDocument(), ...changes }) as unknown as ModelDocument);
