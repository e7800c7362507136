import { describe, expect, test } from '@jest/globals';
import { acceptedOf, activityOf, anEvent, day, fromNoon, hour, noon, webShop } from '../../builders.ts';

const consent = (properties: object, over: object = {}) => anEvent({ event: 'Consent Updated', properties, ...over });

describe('a word of which nobody knows when it was said', () => {
  const inFile = { isFromFile: true };
  const local = '2026-11-19T10:00:00';
  const at = (properties: object, timestamp: string, over = {}) => {
    const { activity, violations } = acceptedOf(consent(properties, { timestamp, ...over }), inFile);
    return [activity.timestamp, activity.properties, violations.map(({ code }) => code)];
  };

  test('counts from the latest that it can be, if it is a no', () => {
    expect(at({ offers: false }, local)).toEqual([
      '2026-11-19T22:00:00.000Z',
      { offers: false },
      ['time-zone-missing'],
    ]);
  });

  test('counts from the earliest that it can be, if it is a yes', () => {
    expect(at({ offers: true }, local)).toEqual(['2026-11-18T20:00:00.000Z', { offers: true }, ['time-zone-missing']]);
  });

  test('is not counted, if it is a yes that comes with a no', () => {
    expect(at({ offers: false, personalisation: true }, local)).toEqual([
      '2026-11-19T22:00:00.000Z',
      { offers: false },
      ['time-zone-missing', 'consent-unclear'],
    ]);
  });

  test('counts from its reception, if it is a no of a clock that lost its time; a yes does not count', () => {
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

  test('as an opt-out counts from the latest, too', () => {
    const optOut = anEvent({ event: 'Unsubscribed', properties: {}, timestamp: '2026-11-20T08:00:00' });
    expect(activityOf(optOut).timestamp).toBe(noon.toISOString());
  });

  test.each([
    ['2026-11-19', webShop.timeZone, '2026-11-20T11:59:59.999Z'],
    ['2026-11-18', 'UTC', '2026-11-18T23:59:59.999Z'],
    ['20261118', 'America/Chicago', '2026-11-19T05:59:59.999Z'],
    ['2026-11-20', 'UTC', noon.toISOString()],
  ])('counts from the end of the day, if it is a no of %s in the zone %s', (timestamp, timeZone, at) => {
    const source = { ...webShop, timeZone };
    expect(activityOf(consent({ offers: false }, { timestamp }), {}, source).timestamp).toBe(at);
    expect(activityOf(anEvent({ event: 'Unsubscribed', properties: {}, timestamp }), {}, source).timestamp).toBe(at);
  });

  test('counts from the beginning of the day, if it is a yes', () => {
    const source = { ...webShop, timeZone: 'UTC' };
    const { activity, violations } = acceptedOf(consent({ offers: true }, { timestamp: '2026-11-18' }), {}, source);
    expect([activity.timestamp, violations]).toEqual(['2026-11-18T00:00:00.000Z', []]);
  });

  test.each([
    [consent({ offers: true })],
    [anEvent({ type: 'identify', event: undefined, properties: { offers: true } })],
  ])('is not counted, if it is a yes in a file that does not say when: %j', (event) => {
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
    ['is reset to the year of its program', Date.UTC(2015, 0, 1) - noon.getTime(), undefined],
    ['counts in another calendar', 543 * 365 * day, 543 * 365 * day + 1_000],
    ['is ahead by hours, or was when it waited', 2 * hour, 2 * hour + 1_000],
    ['is behind by minutes, or right while it waited', -10 * minute, -10 * minute + 1_000],
    ['is behind by years', -365 * day, -365 * day + 1_000],
  ])('is unsure where a clock %s: a no counts from its reception, and that is told', (_, happened, sent) => {
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
  ])('is unsure where a clock is ahead or lost: a yes does not count, and that is told', (happened, sent) => {
    const yes = consent({ offers: true }, { timestamp: fromNoon(happened) });
    const { activity, violations } = acceptedOf(yes, { sentAt: fromNoon(sent) });
    expect([activity.properties, violations.map(({ code }) => code)]).toEqual([{}, ['consent-unclear']]);
  });

  test('of a yes that waited, or of a clock behind, is what it says', () => {
    const yes = consent({ offers: true }, { timestamp: fromNoon(-hour) });
    expect(activityOf(yes, { sentAt: fromNoon(-hour + 1_000) }).timestamp).toBe(fromNoon(-hour));
  });

  test.each([
    [5 * minute - 1, []],
    [5 * minute, []],
    [5 * minute + 1, ['consent-unclear']],
  ])('is sure where it was sent %d ms before it came: %j', (before, codes) => {
    const no = consent({ offers: false }, { timestamp: fromNoon(-before - 1_000) });
    expect(acceptedOf(no, { sentAt: fromNoon(-before) }).violations.map(({ code }) => code)).toEqual(codes);
  });

  test('is no doubt where the source has a zone: a till in Chicago', () => {
    const chicago = { ...webShop, timeZone: 'America/Chicago' };
    const event = consent({ offers: false }, { timestamp: fromNoon(-day).slice(0, 19) });
    expect(activityOf(event, {}, chicago).timestamp).toBe(fromNoon(-day + 6 * hour));
  });
});
