import { describe, expect, test } from '@jest/globals';
import { areConsentCategories } from '../../../src/sources/consent-categories.ts';
import type { ConsentCategories } from '../../../src/types/source.ts';
import { acceptedOf, anEvent, webShop } from '../../builders.ts';

const oneTrust = { C0002: ['measurement'], C0004: ['offers', 'email'] } as const satisfies ConsentCategories;
const cookiebot = {
  preferences: ['personalisation'],
  statistics: ['measurement'],
  marketing: ['offers', 'in-app'],
} as const satisfies ConsentCategories;

/** The consents and the violations after the SDK of a page said so about these categories. */
function said(categoryPreferences: object, consentCategories: ConsentCategories, properties: object = {}) {
  const event = anEvent({
    event: 'Segment Consent Preference Updated',
    properties,
    context: { consent: { categoryPreferences } },
  });
  const { activity, violations } = acceptedOf(event, {}, { ...webShop, consentCategories });
  const { offers, personalisation, measurement, channels } = activity.properties;
  return {
    consents: { offers, personalisation, measurement, channels },
    violations: violations.map(({ code, field }) => `${code} ${field}`),
  };
}

describe('a category that the source maps', () => {
  test('grants and denies what it means: OneTrust', () => {
    expect(said({ C0001: true, C0002: false, C0003: true, C0004: true }, oneTrust)).toEqual({
      consents: { offers: true, measurement: false, channels: { email: true } },
      violations: [],
    });
    expect(said({ C0004: false }, oneTrust).consents).toEqual({ offers: false, channels: { email: false } });
  });

  test('grants and denies what it means: Cookiebot', () => {
    expect(said({ necessary: true, preferences: true, statistics: false, marketing: false }, cookiebot)).toEqual({
      consents: { personalisation: true, measurement: false, offers: false, channels: { in_app: false } },
      violations: [],
    });
  });

  test('counts as a property, too, and in any case', () => {
    const event = anEvent({ event: 'Consent Updated', properties: { c0004: 'yes' } });
    const { activity } = acceptedOf(event, {}, { ...webShop, consentCategories: oneTrust });
    expect(activity.properties).toMatchObject({ offers: true, channels: { email: true } });
  });

  test.each([
    ['mapped', oneTrust, { offers: false, channels: { email: false } }],
    ['not mapped', {}, { offers: false }],
  ] as const)('counts as refused if a property of the same name grants it: %s', (_what, mapping, consents) => {
    for (const [category, property] of [
      [false, true],
      [true, false],
    ])
      expect(said({ C0004: category }, mapping, { C0004: property }).consents).toEqual(consents);
  });

  test('does not deny offers if it means something else', () => {
    expect(said({ marketing: false }, { marketing: ['email'] }).consents).toEqual({ channels: { email: false } });
  });

  test('denies what it means if its value is not understood, with a violation', () => {
    expect(said({ C0004: 'perhaps' }, oneTrust)).toEqual({
      consents: { offers: false, channels: { email: false } },
      violations: expect.arrayContaining(['consent-unclear C0004']),
    });
  });

  test.each([
    [{ C0004: true }, { offers: false }],
    [{ C0004: true }, { channels: { email: false }, offers: 'no' }],
  ])('does not grant what another field denies: %j beside %j', (categories, properties) => {
    expect(said(categories, oneTrust, properties)).toMatchObject({
      consents: { offers: false },
      violations: expect.arrayContaining(['consent-unclear offers']),
    });
  });

  test('does not grant what another category denies', () => {
    const both = { marketing: ['offers'], advertising: ['offers'] } as const satisfies ConsentCategories;
    expect(said({ marketing: true, advertising: false }, both)).toMatchObject({
      consents: { offers: false },
      violations: ['consent-unclear offers'],
    });
  });
});

describe('a category that the source does not map', () => {
  test('denies offers, but grants nothing', () => {
    expect(said({ marketing: false }, oneTrust)).toMatchObject({ consents: { offers: false } });
    expect(said({ marketing: true }, oneTrust).consents).toEqual({});
  });

  test('of another activity than a consent means nothing', () => {
    const event = anEvent({ event: 'Product Viewed', properties: { product_id: 'p', C0004: true } });
    const { activity } = acceptedOf(event, {}, { ...webShop, consentCategories: oneTrust });
    expect(activity.properties).toEqual({ product_id: 'p', C0004: true });
  });
});

describe('the settings of a source', () => {
  const many = (length: number) =>
    Object.fromEntries(Array.from({ length }, (_, index) => [`C${index}`, ['offers'] as const]));

  test.each([
    [{}, true],
    [oneTrust, true],
    [many(99), true],
    [many(100), true],
    [many(101), false],
    [{ ['x'.repeat(99)]: ['offers'] }, true],
    [{ ['x'.repeat(100)]: ['offers'] }, true],
    [{ ['x'.repeat(101)]: ['offers'] }, false],
    [{ '': ['offers'] }, false],
    [{ ' ': ['offers'] }, false],
    [{ C0004: [] }, false],
    [{ C0004: 'offers' }, false],
    [{ C0004: ['newsletter'] }, false],
    [{ C0004: ['offers', 'offers'] }, false],
    [{ marketing: ['offers'], Marketing: ['email'] }, false],
    [[], false],
    [null, false],
  ])('may or may not map categories: %#', (categories, isAllowed) => {
    expect(areConsentCategories(categories)).toBe(isAllowed);
  });
});
