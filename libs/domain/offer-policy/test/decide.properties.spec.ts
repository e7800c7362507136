import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CustomerView, decide, type Situation, type Template } from '../src/index.ts';
import { situation } from './arbitraries.ts';
import { day } from './builders.ts';

/** The template that was offered, if any was. */
function offered(given: Situation): Template | undefined {
  const decision = decide(given);
  return given.catalogue[decision.candidates.findIndex(({ chosen }) => chosen)];
}

const runs = { numRuns: 500 };

/** Computed independently of the gate: lists the hours from `from` to `to`. */
function isQuiet({ policy, customer: { wishes }, now }: Situation): boolean {
  const own = wishes.quietHours && { ...wishes.quietHours, timeZone: zoneOf({ policy, customer: { wishes } }) };
  return [policy.quietHours, own].some((quiet) => {
    if (quiet === undefined || quiet.from === quiet.to) return false;
    const { from, to, timeZone } = quiet;
    const hourOfDay = Number(new Date(now).toLocaleTimeString('sv', { timeZone }).split(':')[0]);
    const length = to > from ? to - from : to + 24 - from;
    return Array.from({ length }, (_, index) => (from + index) % 24).includes(hourOfDay);
  });
}

const zoneOf = ({ policy, customer }: { policy: Situation['policy']; customer: Pick<CustomerView, 'wishes'> }) =>
  customer.wishes.timeZone ?? policy.quietHours?.timeZone ?? 'UTC';

function isPaused(given: Situation): boolean {
  const { pausedUntil } = given.customer.wishes;
  if (typeof pausedUntil === 'number') return given.now < pausedUntil;
  const today = new Date(given.now).toLocaleDateString('sv', { timeZone: zoneOf(given) });
  return pausedUntil !== undefined && today < pausedUntil;
}

describe('whatever the situation', () => {
  it('makes no commercial offer to a customer in difficulty or to whom an apology is due', () => {
    fc.assert(
      fc.property(situation, (given) => {
        fc.pre(given.customer.inDifficulty || given.customer.openApology);
        expect(offered(given)?.commercial ?? false).toBe(false);
      }),
      runs,
    );
  });

  it('makes no commercial offer without granted consent, and no offer if consent to offers is denied', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const { offers, personalisation } = given.customer.consent;
        const template = offered(given);
        if (template?.commercial) expect([offers, personalisation]).toEqual(['granted', 'granted']);
        if (offers === 'denied') expect(template).toBeUndefined();
      }),
      runs,
    );
  });

  it('makes no offer of a kind that the cause may not lead to', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const template = offered(given);
        if (template) expect(given.cause.mayCause).toContain(template.kind);
      }),
      runs,
    );
  });

  it('offers nothing in quiet hours', () => {
    fc.assert(
      fc.property(situation, (given) => {
        fc.pre(isQuiet(given));
        expect(offered(given)).toBeUndefined();
      }),
      runs,
    );
  });

  it('offers nothing during a pause, and nothing in a channel in which contact is denied', () => {
    fc.assert(
      fc.property(situation, (given) => {
        fc.pre(isPaused(given) || given.customer.channels['in-app'] === 'denied');
        expect(offered(given)).toBeUndefined();
      }),
      runs,
    );
  });

  it('offers nothing above the contact budgets of the shop and of the customer, or above the cap of the template', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const template = offered(given);
        fc.pre(template !== undefined);
        const { customer, policy, now } = given;
        const within = (days: number) => customer.offersMade.filter(({ madeAt }) => madeAt > now - days * day);
        expect(within(policy.perDays).length + 1).toBeLessThanOrEqual(policy.most);
        const { most, perDays } = customer.wishes.budget ?? policy;
        expect(within(perDays).length + 1).toBeLessThanOrEqual(most);
        const same = within(template?.caps.perDays ?? 0).filter((made) => made.template === template?.template);
        expect(same.length + 1).toBeLessThanOrEqual(template?.caps.perCustomer ?? 0);
      }),
      runs,
    );
  });

  it('makes an offer only if both sides win', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const template = offered(given);
        fc.pre(template !== undefined);
        expect(Math.min(template?.benefit ?? 0, template?.margin ?? 0)).toBeGreaterThan(0);
      }),
      runs,
    );
  });

  it('decides the same again, and does not change the situation', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const before = structuredClone(given);
        expect(decide(given)).toEqual(decide(structuredClone(given)));
        expect(given).toEqual(before);
      }),
    );
  });

  it('makes the same offer whatever the order of the catalogue', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const distinct = new Map(given.catalogue.map((one) => [`${one.template} ${one.version}`, one]));
        const catalogue = [...distinct.values()];
        const turned = { ...given, catalogue: catalogue.toReversed() };
        expect(decide(turned).offer).toEqual(decide({ ...given, catalogue }).offer);
      }),
      runs,
    );
  });

  it('lists every template of the catalogue, in its order', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const listed = decide(given).candidates.map(({ template, version }) => [template, version]);
        expect(listed).toEqual(given.catalogue.map(({ template, version }) => [template, version]));
      }),
    );
  });

  it('offers one template that passed every gate, or none with reasons', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const { result, candidates, offer, reasons } = decide(given);
        const chosen = candidates.filter((candidate) => candidate.chosen);
        expect(chosen.length).toBe(result === 'offer' ? 1 : 0);
        expect(offer === undefined).toBe(result === 'no-deal');
        expect(reasons.length > 0).toBe(result === 'no-deal');
        expect(chosen.every(({ gates }) => gates.length === 14 && gates.every(({ passed }) => passed))).toBe(true);
        const passing = candidates.filter(({ gates }) => gates.every(({ passed }) => passed));
        expect(passing.length > 0).toBe(result === 'offer');
      }),
      runs,
    );
  });

  it('runs every gate if the cause triggers the template, otherwise only the trigger', () => {
    fc.assert(
      fc.property(situation, (given) => {
        for (const { gates } of decide(given).candidates) {
          expect(gates[0]?.gate).toBe('trigger');
          expect(gates.length).toBe(gates[0]?.passed ? 14 : 1);
          expect(gates.every(({ reason }) => reason !== '')).toBe(true);
        }
      }),
    );
  });
});
