import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { faultText } from '@sestante/rules';
import { InvalidPolicy, validatePolicy } from '../src/index.ts';

const aPolicy = (over: object = {}) => ({ perDays: 7, most: 2, staleAfterHours: 24, holdoutShare: 0, ...over });
const aQuiet = (over: object = {}) => aPolicy({ quietHours: { from: 21, to: 8, timeZone: 'Europe/Rome', ...over } });

/** The faults of a document; none if it is a contact policy. */
function faultsOf(document: unknown): string[] {
  try {
    validatePolicy(document);
    return [];
  } catch (error) {
    if (error instanceof InvalidPolicy) return error.faults.map(faultText);
    throw error;
  }
}

describe('a valid contact policy', () => {
  it.each([[aPolicy()], [aQuiet()]])('is returned unchanged, as a copy: %j', (document) => {
    const policy = validatePolicy(document);
    expect(policy).toEqual(document);
    expect(policy).not.toBe(document);
  });
});

describe('a document that is not a contact policy', () => {
  it('has a fault for every missing and every unknown field', () => {
    expect(faultsOf({ quietTime: {} })).toEqual([
      'quietTime: is not a known field',
      'perDays: is missing',
      'most: is missing',
      'staleAfterHours: is missing',
      'holdoutShare: is missing',
    ]);
    expect(faultsOf(null)).toEqual(['document: must be an object']);
  });

  it('gives an error with the fault, not retriable', () => {
    const timeZone = 'must be the IANA name of a time zone, such as Europe/Rome';
    expect(new InvalidPolicy([{ place: 'quietHours.timeZone', message: timeZone }])).toMatchObject({
      code: 'invalid-policy',
      retriable: false,
      message:
        'The contact policy is not valid: quietHours.timeZone: must be the IANA name of a time zone, such as Europe/Rome',
    });
  });

  it('throws no other error', () => {
    fc.assert(fc.property(fc.jsonValue(), (document) => void faultsOf(document)));
    fc.assert(fc.property(fc.jsonValue(), (quietHours) => void faultsOf(aPolicy({ quietHours }))));
    fc.assert(fc.property(fc.jsonValue(), (timeZone) => void faultsOf(aQuiet({ timeZone }))));
  });
});

describe('bounds', () => {
  it.each([
    ['perDays', [1, 3_650], [0, 3_651, 1.5, '7']],
    ['most', [0, 1_000], [-1, 1_001, 0.5, null]],
    ['staleAfterHours', [1, 8_784], [0, 8_785, '24']],
    ['holdoutShare', [0, 0.5, 1], [-0.01, 1.01, Number.NaN]],
  ])('of %s allow %j and refuse %j', (field, allowed, refused) => {
    for (const value of allowed) expect(faultsOf(aPolicy({ [field]: value }))).toEqual([]);
    for (const value of refused) expect(faultsOf(aPolicy({ [field]: value }))).toHaveLength(1);
  });

  it('of quiet hours are 0 and 24', () => {
    expect([faultsOf(aQuiet({ from: 0, to: 24 })), faultsOf(aQuiet({ from: 21.5, to: 7.25 }))]).toEqual([[], []]);
    expect(faultsOf(aQuiet({ from: -0.01, to: 24.01 }))).toEqual([
      'quietHours.from: must be a number from 0 to 24',
      'quietHours.to: must be a number from 0 to 24',
    ]);
  });
});

describe('the time zone of quiet hours', () => {
  it.each(['Europe/Rome', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires', 'UTC'])('may be %s', (timeZone) => {
    expect(faultsOf(aQuiet({ timeZone }))).toEqual([]);
  });

  it.each([['Europe/Nowhere'], [''], ['Rome'], ['+02:00'], ['CEST'], ['CET'], ['EST'], [2], [null], [['Europe/Rome']]])(
    'must not be %j: offsets and abbreviations have no daylight saving time',
    (timeZone) => {
      expect(faultsOf(aQuiet({ timeZone }))).toEqual([
        'quietHours.timeZone: must be the IANA name of a time zone, such as Europe/Rome',
      ]);
    },
  );

  it('must not be an offset in minutes', () => {
    expect(faultsOf(aPolicy({ quietHours: { from: 21, to: 8, utcOffsetMinutes: 60 } }))).toEqual([
      'quietHours.utcOffsetMinutes: is not a known field',
      'quietHours.timeZone: is missing',
    ]);
  });
});
