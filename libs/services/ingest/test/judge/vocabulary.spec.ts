import { describe, expect, test } from '@jest/globals';
import { vocabulary } from '@sestante/contracts';
import { acceptedOf, aCustomEvent, activityOf, anEvent, rejectionOf, webShop } from '../builders.ts';

describe('an activity of the vocabulary', () => {
  const examples = Object.entries(vocabulary).flatMap(([name, { titles, example }]) =>
    titles.map((event) => [event, name, example] as const),
  );

  test.each(examples)('%s is accepted as %s with its example', (event, name, example) => {
    expect(activityOf(anEvent({ event, properties: example }))).toMatchObject({ name, properties: example });
  });

  const strict = { ...webShop, isStrict: true };

  test('without a required field is incomplete, and rejected if the source is strict', () => {
    const event = anEvent({ properties: { revenue: 41.5 } });
    const missing = { code: 'field-missing', reason: 'order.completed requires order_id, a string or number' };
    expect(acceptedOf(event)).toMatchObject({
      activity: { properties: { revenue: 41.5 }, violations: [{ code: 'field-missing', field: 'order_id' }] },
      violations: [{ ...missing, field: 'order_id' }],
    });
    expect(rejectionOf(event, {}, strict)).toEqual({ ...missing, messageId: 'message-1' });
  });

  test('with an invalid field is incomplete without it, and rejected if the source is strict', () => {
    const event = anEvent({ properties: { order_id: 'o-1', revenue: '41,500', shipping: true } });
    const [one, other] = [
      'order.completed: revenue must be a number of at least 0, got a string',
      'order.completed: shipping must be a number of at least 0, got true',
    ];
    expect(acceptedOf(event)).toMatchObject({
      activity: {
        properties: { order_id: 'o-1' },
        violations: [
          { code: 'field-invalid', field: 'revenue', given: '41,500' },
          { code: 'field-invalid', field: 'shipping', given: true },
        ],
      },
      violations: [{ reason: one }, { reason: other }],
    });
    expect(rejectionOf(event, {}, strict)).toEqual({
      code: 'field-invalid',
      reason: `${one}; ${other}`,
      messageId: 'message-1',
    });
  });

  test('without violations is accepted from a strict source', () => {
    expect(rejectionOf(anEvent(), {}, strict)).toBeUndefined();
  });

  test('has its numbers as numbers', () => {
    const { properties } = activityOf(
      anEvent({ properties: { order_id: 7, revenue: '41.50', note: '5', coupon: null } }),
    );
    expect(properties).toEqual({ order_id: 7, revenue: 41.5, note: '5' });
  });
});

test('a custom activity is not changed', () => {
  const given = { order_id: '', revenue: '41.50', rating: 9, offers: 'maybe', nothing: null };
  expect(activityOf(aCustomEvent(given))).toMatchObject({ name: 'gift.wrapped', properties: given });
});

describe('the consent of a consent platform', () => {
  const event = 'Segment Consent Preference Updated';
  const consentOf = (categoryPreferences: unknown, properties: object = {}) =>
    activityOf(anEvent({ event, properties, context: { consent: { categoryPreferences } } }));

  test('is a consent with its categories as properties', () => {
    expect(consentOf({ Advertising: true, offers: false, C0003: true })).toMatchObject({
      name: 'consent.updated',
      properties: { Advertising: true, offers: false, C0003: true },
    });
  });

  test('does not override the properties of the event', () => {
    expect(consentOf({ offers: true }, { offers: false }).properties).toEqual({ offers: false });
  });

  test.each([null, 'all', 5, ['offers'], []])('%j has no effect', (categories) => {
    expect(consentOf(categories).properties).toEqual({});
  });

  test.each([null, 'all', 5, {}])('is missing if the context has %j as consent', (consent) => {
    expect(activityOf(anEvent({ event, properties: {}, context: { consent } })).properties).toEqual({});
  });

  test('is a refusal if it is not understood', () => {
    expect(consentOf({ offers: 'maybe' }).properties).toEqual({ offers: false });
  });

  test('is not a property of other activities', () => {
    const context = { consent: { categoryPreferences: { offers: true } } };
    expect(activityOf(anEvent({ context })).properties).toEqual({ order_id: 'o-1' });
  });
});
