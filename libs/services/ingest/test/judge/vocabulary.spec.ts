import { describe, expect, test } from '@jest/globals';
import { vocabulary } from '@sestante/contracts';
import { acceptedOf, aCustomEvent, activityOf, anEvent, rejectionOf, webShop } from '../builders.ts';

describe('an activity of the vocabulary', () => {
  const examples = Object.entries(vocabulary).flatMap(([name, { titles, example }]) =>
    titles.map((event) => [event, name, example] as const),
  );

  test.each(examples)('%s is accepted as %s, as its example says it', (event, name, example) => {
    expect(activityOf(anEvent({ event, properties: example }))).toMatchObject({ name, properties: example });
  });

  const strict = { ...webShop, isStrict: true };

  test('without a field that it needs is incomplete, and rejected by a strict source', () => {
    const event = anEvent({ properties: { revenue: 41.5 } });
    const missing = { code: 'field-missing', reason: 'order.completed requires order_id, a string or number' };
    expect(acceptedOf(event)).toMatchObject({
      activity: { properties: { revenue: 41.5 }, violations: [{ code: 'field-missing', field: 'order_id' }] },
      violations: [{ ...missing, field: 'order_id' }],
    });
    expect(rejectionOf(event, {}, strict)).toEqual({ ...missing, messageId: 'message-1' });
  });

  test('with a field of another type is incomplete without it, and rejected by a strict source', () => {
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

  test('with nothing wrong is taken by a strict source', () => {
    expect(rejectionOf(anEvent(), {}, strict)).toBeUndefined();
  });

  test('is kept with its numbers as numbers', () => {
    const { properties } = activityOf(
      anEvent({ properties: { order_id: 7, revenue: '41.50', note: '5', coupon: null } }),
    );
    expect(properties).toEqual({ order_id: 7, revenue: 41.5, note: '5' });
  });
});

test('a custom activity is kept as it is', () => {
  const said = { order_id: '', revenue: '41.50', rating: 9, offers: 'maybe', nothing: null };
  expect(activityOf(aCustomEvent(said))).toMatchObject({ name: 'gift.wrapped', properties: said });
});

describe('the consent that a consent platform tells', () => {
  const event = 'Segment Consent Preference Updated';
  const consentOf = (categoryPreferences: unknown, properties: object = {}) =>
    activityOf(anEvent({ event, properties, context: { consent: { categoryPreferences } } }));

  test('is a consent with its categories as properties', () => {
    expect(consentOf({ Advertising: true, offers: false, C0003: true })).toMatchObject({
      name: 'consent.updated',
      properties: { Advertising: true, offers: false, C0003: true },
    });
  });

  test('does not overrule what the event says itself', () => {
    expect(consentOf({ offers: true }, { offers: false }).properties).toEqual({ offers: false });
  });

  test.each([null, 'all', 5, ['offers'], []])('%j says nothing', (categories) => {
    expect(consentOf(categories).properties).toEqual({});
  });

  test.each([null, 'all', 5, {}])('is nothing where the context has %j as consent', (consent) => {
    expect(activityOf(anEvent({ event, properties: {}, context: { consent } })).properties).toEqual({});
  });

  test('is a no where it cannot be understood', () => {
    expect(consentOf({ offers: 'maybe' }).properties).toEqual({ offers: false });
  });

  test('is no property of any other activity', () => {
    const context = { consent: { categoryPreferences: { offers: true } } };
    expect(activityOf(anEvent({ context })).properties).toEqual({ order_id: 'o-1' });
  });
});
