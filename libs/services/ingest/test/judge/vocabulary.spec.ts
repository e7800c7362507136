import { describe, expect, test } from '@jest/globals';
import { vocabulary } from '@sestante/contracts';
import { aCustomEvent, activityOf, anEvent, rejectionOf } from '../builders.ts';

describe('an activity of the vocabulary', () => {
  const examples = Object.entries(vocabulary).flatMap(([name, { titles, example }]) =>
    titles.map((event) => [event, name, example] as const),
  );

  test.each(examples)('%s is accepted as %s, as its example says it', (event, name, example) => {
    expect(activityOf(anEvent({ event, properties: example }))).toMatchObject({ name, properties: example });
  });

  test('without a field that it needs is rejected', () => {
    expect(rejectionOf(anEvent({ properties: { revenue: 41.5 } }))).toEqual({
      code: 'field-missing',
      reason: 'order.completed needs order_id, a text or number',
      messageId: 'message-1',
    });
  });

  test('with a field of another type is rejected', () => {
    expect(rejectionOf(anEvent({ properties: { order_id: 'o-1', revenue: '41,50' } }))).toEqual({
      code: 'field-invalid',
      reason: 'order.completed: revenue must be a number of 0 or more, and is a text',
      messageId: 'message-1',
    });
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

  test('is rejected where it cannot be understood', () => {
    const context = { consent: { categoryPreferences: { offers: 'maybe' } } };
    expect(rejectionOf(anEvent({ event, properties: {}, context }))).toMatchObject({ code: 'field-invalid' });
  });

  test('is no property of any other activity', () => {
    const context = { consent: { categoryPreferences: { offers: true } } };
    expect(activityOf(anEvent({ context })).properties).toEqual({ order_id: 'o-1' });
  });
});
