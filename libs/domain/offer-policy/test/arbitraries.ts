import fc from 'fast-check';
import { type ContactWishes, type CustomerView, elements, type Situation, type Template } from '../src/index.ts';
import { aCustomer, anAudience, aTemplate, day, hour, noon } from './builders.ts';

const activities = ['coupon.denied', 'order.completed', 'promise.broken'];
const names = ['apology', 'discount', 'gift', 'invitation'];
const score = fc.option(fc.integer({ min: 0, max: 100 }), { nil: null });
const consent = fc.constantFrom('granted', 'granted', 'denied', 'unknown');
const kind = fc.constantFrom('economic', 'relational');

const condition = fc.record({
  field: fc
    .tuple(fc.constantFrom(...elements), fc.constantFrom('bond', 'mood', 'drop'))
    .map((names) => names.join('.')),
  operator: fc.constantFrom('above', 'above', 'below'),
  value: fc.integer({ min: 0, max: 40 }),
});
const conditions = fc.array(condition, { minLength: 1, maxLength: 2 });

const template: fc.Arbitrary<Template> = fc
  .record({
    template: fc.constantFrom(...names),
    version: fc.integer({ min: 1, max: 3 }),
    kind,
    element: fc.constantFrom(...elements),
    trigger: fc.record({ activities: fc.subarray(activities, { minLength: 1 }) }),
    commercial: fc.boolean(),
    benefit: fc.integer({ min: -1, max: 5 }),
    margin: fc.integer({ min: -1, max: 5 }),
    caps: fc.record({ perCustomer: fc.integer({ min: 1, max: 3 }), perDays: fc.integer({ min: 1, max: 30 }) }),
    audience: fc.option(fc.oneof(fc.record({ all: conditions }), fc.record({ any: conditions })), { freq: 1 }),
  })
  .map(({ audience, commercial, ...fields }) =>
    aTemplate({
      ...fields,
      ...(audience && { audience: anAudience(audience) }),
      commercial: commercial || fields.kind === 'economic',
    }),
  );

const timeZone = fc.constantFrom(
  'UTC',
  'Europe/Rome',
  'Asia/Kolkata',
  'America/St_Johns',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
);
const hours = { from: fc.integer({ min: 0, max: 24 }), to: fc.integer({ min: 0, max: 24 }) };

const wishes: fc.Arbitrary<ContactWishes> = fc.oneof(
  fc.constant({}),
  fc.record(
    {
      timeZone,
      quietHours: fc.record(hours),
      budget: fc.record({ most: fc.integer({ min: 0, max: 3 }), perDays: fc.integer({ min: 1, max: 30 }) }),
      pausedUntil: fc.oneof(
        fc.integer({ min: noon - day, max: noon + 2 * day }),
        fc.constantFrom('2026-11-20', '2026-11-21', '2026-11-22'),
      ),
    },
    { requiredKeys: [] },
  ),
);

const elementScore = fc.record({ bond: score, mood: score, drop: score, confidence: fc.constant(0.5) });

export const customer: fc.Arbitrary<CustomerView> = fc
  .record({
    customerId: fc.uuid(),
    scores: fc.record({
      value: elementScore,
      efficiency: elementScore,
      trust: elementScore,
      coherence: elementScore,
      relevance: elementScore,
      control: elementScore,
    }),
    overall: score,
    consent: fc.record({ personalisation: consent, offers: consent, measurement: consent }),
    channels: fc.oneof(fc.constant({}), fc.record({ 'in-app': consent, email: consent })),
    wishes,
    inDifficulty: fc.boolean(),
    openApology: fc.boolean(),
    offersMade: fc.array(
      fc.record({
        template: fc.constantFrom(...names),
        kind,
        madeAt: fc.integer({ min: noon - 40 * day, max: noon + 2 * day }),
      }),
      { maxLength: 4 },
    ),
  })
  .map((fields) => aCustomer(fields));

const quietHours = fc.record({ ...hours, timeZone });

/** Situations in which an offer and each reason for no deal are likely. */
export const situation: fc.Arbitrary<Situation> = fc.record({
  catalogue: fc.array(template, { maxLength: 6 }),
  customer,
  policy: fc
    .record({
      perDays: fc.integer({ min: 1, max: 30 }),
      most: fc.integer({ min: 0, max: 5 }),
      staleAfterHours: fc.integer({ min: 1, max: 72 }),
      holdoutShare: fc.constantFrom(0, 0, 0.2),
      quietHours: fc.option(quietHours, { nil: undefined }),
    })
    .map(({ quietHours, ...policy }) => (quietHours === undefined ? policy : { ...policy, quietHours })),
  cause: fc.record({
    activityId: fc.uuid(),
    name: fc.constantFrom(...activities),
    at: fc.integer({ min: noon - 24 * hour, max: noon }),
    channel: fc.constantFrom('web', 'store'),
    properties: fc.dictionary(fc.constantFrom('reason', 'days'), fc.jsonValue()),
    mayCause: fc.constantFrom(['economic', 'relational'], ['economic', 'relational'], ['relational']),
  }),
  now: fc.integer({ min: noon, max: noon + 48 * hour }),
});
