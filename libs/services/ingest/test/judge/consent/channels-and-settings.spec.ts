import { describe, expect, test } from '@jest/globals';
import { isPauseEnd } from '@sestante/contracts';
import { acceptedOf, anEvent, webShop } from '../../builders.ts';

describe('channels in a consent', () => {
  const channelsOf = (channels: unknown) => {
    const { activity, violations } = acceptedOf(anEvent({ event: 'Consent Updated', properties: { channels } }));
    return [activity.properties['channels'], violations.map(({ code, field }) => `${code} ${field}`)];
  };

  test.each([
    [
      { email: 'yes', sms: 'nein' },
      { email: true, sms: false },
    ],
    [{ inApp: true }, { in_app: true }],
    [{ 'in-app': false }, { in_app: false }],
  ])('are read in any spelling: %j', (given, read) => {
    expect(channelsOf(given)).toEqual([expect.objectContaining(read), []]);
  });

  test('are denied if their value cannot be read', () => {
    expect(channelsOf({ email: 'perhaps' })).toEqual([{ email: false }, ['field-invalid channels.email']]);
  });

  test('are removed if they are no object', () => {
    expect(channelsOf(['email'])).toEqual([undefined, expect.arrayContaining(['field-invalid channels'])]);
  });

  test('whose time is not known are not granted', () => {
    const event = anEvent({ event: 'Consent Updated', properties: { channels: { email: true, sms: false } } });
    const { activity, violations } = acceptedOf(event, { isFromFile: true });
    expect(activity.properties['channels']).toEqual({ sms: false });
    expect(violations.map(({ field }) => field)).toContain('channels.email');
  });
});

describe('contact settings in preferences.updated', () => {
  test.each([
    [{ time_zone: 'Europe/Rome' }, []],
    [{ time_zone: 'Mars/Olympus' }, ['field-invalid time_zone']],
    [{ time_zone: '+02:00' }, ['field-invalid time_zone']],
    [{ paused_until: '2026-12-24' }, []],
    [{ paused_until: '2026-02-30' }, ['field-invalid paused_until']],
    [{ quiet_hours: { from: 0, to: 24 } }, []],
    [{ quiet_hours: { from: 0, to: 24.1 } }, ['field-invalid quiet_hours']],
    [{ quiet_hours: { from: 22 } }, ['field-invalid quiet_hours']],
    [{ budget: { most: 1_000, per_days: 366 } }, []],
    [{ budget: { most: 1_001, per_days: 366 } }, ['field-invalid budget']],
    [{ budget: { most: 1, per_days: 367 } }, ['field-invalid budget']],
    [{ budget: { most: 1, per_days: 0 } }, ['field-invalid budget']],
    [{ budget: { most: 0.5, per_days: 7 } }, ['field-invalid budget']],
  ])('%j have the violations %j, and an invalid one is removed', (properties, found) => {
    const { activity, violations } = acceptedOf(anEvent({ event: 'Preferences Updated', properties }));
    expect(violations.map(({ code, field }) => `${code} ${field}`)).toEqual(found);
    expect(activity.properties).toEqual(found.length > 0 ? {} : properties);
  });

  const pauseIn = (timeZone: string | null, paused_until: string) => {
    const event = anEvent({ event: 'Preferences Updated', properties: { paused_until } });
    return acceptedOf(event, {}, { ...webShop, timeZone }).activity.properties['paused_until'];
  };

  test.each([
    ['2027-01-07', '2027-01-07'],
    ['2027-01-07T10:00:00+01:00', '2027-01-07T10:00:00+01:00'],
    ['2027-01-07T10:00:00+0100', '2027-01-07T09:00:00.000Z'],
    ['2027-01-07 10:00Z', '2027-01-07T10:00:00.000Z'],
    ['2027-01-07T00:00:00', '2027-01-06T23:00:00.000Z'],
    ['2027-01-07 10:00', '2027-01-07T09:00:00.000Z'],
  ])('have the end of a pause in the form that is understood: %s as %s', (given, read) => {
    expect(pauseIn('Europe/Rome', given)).toBe(read);
    expect(isPauseEnd(read)).toBe(true);
  });

  test('have the end of a pause in the zone where it is the latest if there is none', () => {
    expect(pauseIn(null, '2027-01-07T10:00:00')).toBe('2027-01-07T22:00:00.000Z');
  });

  test.each(['2027-01-07T25:00:00Z', '2027-01-07T10:00:00+99:00', '2027-01-07 10:61'])(
    'have no pause that ends never, with a violation: %s',
    (paused_until) => {
      const { activity, violations } = acceptedOf(
        anEvent({ event: 'Preferences Updated', properties: { paused_until } }),
      );
      expect([activity.properties, violations.map(({ field }) => field)]).toEqual([{}, ['paused_until']]);
    },
  );
});
