import { describe, expect, test } from '@jest/globals';
import { acceptedOf, activityOf, anEvent, day, fromNoon, hour, noon, webShop } from '../../builders.ts';

const consent = (properties: object, over: object = {}) => anEvent({ event: 'Consent Updated', properties, ...over });

describe('a consent with an uncertain time', () => {
  const inFile = { isFromFile: true };
  const local = '2026-11-19T10:00:00';
  const at = (properties: object, timestamp: string, over = {}) => {
    const { activity, violations } = acceptedOf(consent(properties, { timestamp, ...over }), inFile);
    return [activity.timestamp, activity.properties, violations.map(({ code }) => code)];
  };

  test('counts from the latest possible instant if it is a refusal', () => {
    expect(at({ offers: false }, local)).toEqual([
      '2026-11-19T22:00:00.000Z',
      { offers: false },
      ['time-zone-missing'],
    ]);
  });

  test('counts from the earliest possible instant if it is a grant', () => {
    expect(at({ offers: true }, local)).toEqual(['2026-11-18T20:00:00.000Z', { offers: true }, ['time-zone-missing']]);
  });

  test('is ignored if it is a grant together with a refusal', () => {
    expect(at({ offers: false, personalisation: true }, local)).toEqual([
      '2026-11-19T22:00:00.000Z',
      { offers: false },
      ['time-zone-missing', 'consent-unclear'],
    ]);
  });

  test('counts from its reception if it is a refusal by a clock that was reset; a grant is ignored', () => {
    const lost = { timestamp: '1970-01-01T00:00:07Z' };
    expect(activityOf(consent({ offers: false }, lost))).toMatchObject({
      timestamp: noon.toISOString(),
      properties: { offers: false },
    });
    const yes = acceptedOf(consent({ offers: true }, lost));
    expect([yes.activity.properties, yes.violations.map(({ code }) => code)]).toEqual([
      {},
      ['timestamp-implausible', 'consent-unclear'],
    ]);
  });

  test('counts from the latest possible instant if it is an opt-out', () => {
    const optOut = anEvent({ event: 'Unsubscribed', properties: {}, timestamp: '2026-11-20T08:00:00' });
    expect(activityOf(optOut).timestamp).toBe(noon.toISOString());
  });

  test.each([
    ['2026-11-19', webShop.timeZone, '2026-11-20T11:59:59.999Z'],
    ['2026-11-18', 'UTC', '2026-11-18T23:59:59.999Z'],
    ['20261118', 'America/Chicago', '2026-11-19T05:59:59.999Z'],
    ['2026-11-20', 'UTC', noon.toISOString()],
  ])('counts from the end of the day if it is a refusal of %s in the zone %s', (timestamp, timeZone, at) => {
    const source = { ...webShop, timeZone };
    expect(activityOf(consent({ offers: false }, { timestamp }), {}, source).timestamp).toBe(at);
    expect(activityOf(anEvent({ event: 'Unsubscribed', properties: {}, timestamp }), {}, source).timestamp).toBe(at);
  });

  test('counts from the start of the day if it is a grant', () => {
    const source = { ...webShop, timeZone: 'UTC' };
    const { activity, violations } = acceptedOf(consent({ offers: true }, { timestamp: '2026-11-18' }), {}, source);
    expect([activity.timestamp, violations]).toEqual(['2026-11-18T00:00:00.000Z', []]);
  });

  test.each([
    [consent({ offers: true })],
    [anEvent({ type: 'identify', event: undefined, properties: { offers: true } })],
  ])('is ignored if it is a grant in a file without a time: %j', (event) => {
    const { activity, violations } = acceptedOf(event, inFile);
    expect([activity.properties, violations.map(({ code }) => code)]).toEqual([
      {},
      expect.arrayContaining(['consent-unclear']),
    ]);
  });

  const minute = 60_000;
  const lost = Date.UTC(1970, 0, 1) - noon.getTime();
  test.each([
    ['is reset to 1970', lost, lost + 2_000],
    ['is reset to the year of its firmware', Date.UTC(2015, 0, 1) - noon.getTime(), undefined],
    ['uses another calendar', 543 * 365 * day, 543 * 365 * day + 1_000],
    ['is ahead by hours, or the event was delayed', 2 * hour, 2 * hour + 1_000],
    ['is behind by minutes, or the event was delayed', -10 * minute, -10 * minute + 1_000],
    ['is behind by years', -365 * day, -365 * day + 1_000],
  ])('is uncertain if a clock %s: a refusal counts from its reception, with a violation', (_, happened, sent) => {
    const sentAt = sent === undefined ? undefined : fromNoon(sent);
    for (const no of [consent({ offers: false }), anEvent({ event: 'Unsubscribed', properties: {} })]) {
      const { activity, violations } = acceptedOf({ ...no, timestamp: fromNoon(happened) }, { sentAt });
      expect(activity.timestamp).toBe(noon.toISOString());
      expect(violations.map(({ code }) => code)).toContain('consent-unclear');
    }
  });

  test.each([
    [2 * hour, 2 * hour + 1_000],
    [lost, lost + 2_000],
  ])('is uncertain if a clock is ahead or was reset: a grant is ignored, with a violation', (happened, sent) => {
    const yes = consent({ offers: true }, { timestamp: fromNoon(happened) });
    const { activity, violations } = acceptedOf(yes, { sentAt: fromNoon(sent) });
    expect([activity.properties, violations.map(({ code }) => code)]).toEqual([{}, ['consent-unclear']]);
  });

  test('of a delayed grant, or of a clock that is behind, is used', () => {
    const yes = consent({ offers: true }, { timestamp: fromNoon(-hour) });
    expect(activityOf(yes, { sentAt: fromNoon(-hour + 1_000) }).timestamp).toBe(fromNoon(-hour));
  });

  test.each([
    [5 * minute - 1, []],
    [5 * minute, []],
    [5 * minute + 1, ['consent-unclear']],
  ])('is certain if it was sent %d ms before its reception: %j', (before, codes) => {
    const no = consent({ offers: false }, { timestamp: fromNoon(-before - 1_000) });
    expect(acceptedOf(no, { sentAt: fromNoon(-before) }).violations.map(({ code }) => code)).toEqual(codes);
  });

  test('is certain if the source has a time zone: a till in Chicago', () => {
    const chicago = { ...webShop, timeZone: 'America/Chicago' };
    const event = consent({ offers: false }, { timestamp: fromNoon(-day).slice(0, 19) });
    expect(activityOf(event, {}, chicago).timestamp).toBe(fromNoon(-day + 6 * hour));
  });
});
