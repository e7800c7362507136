import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DeviceClocks } from '../../../src/judge/time/device-clocks.ts';

const minute = 60_000;
const hour = 60 * minute;
const noon = Date.UTC(2026, 10, 20, 12);

/** Times of devices, in hours and minutes from noon by their own clocks; the reception is by the clock of the server. */
function correctedTimes(...times: readonly (readonly [happened: number, sent: number, received: number])[]): number[] {
  const clocks = new DeviceClocks();
  return times.map(([happened, sent, received]) => {
    const stamps = { happened: noon + happened, sent: noon + sent, received: noon + received };
    return clocks.correct({ device: 'phone', ...stamps }) - noon;
  });
}

describe('the clock of a device', () => {
  test('that is right is not corrected, also if an event is sent late', () => {
    expect(correctedTimes([0, 0, 0], [-hour, 10, 200], [-24 * hour, -23 * hour, minute])).toEqual([
      0,
      -hour,
      -24 * hour,
    ]);
  });

  test('that is ahead is corrected if `sentAt` is in the future', () => {
    expect(correctedTimes([hour - minute, hour, 0])).toEqual([-minute]);
  });

  test.each([
    [5 * minute - 1, 0],
    [5 * minute, 0],
    [5 * minute + 1, -1],
  ])('that is %d ms ahead', (skew, at) => {
    expect(correctedTimes([skew - 1, skew, 0])).toEqual([Math.min(at, skew - 1)]);
  });

  test('that stays behind by a constant amount is corrected after the second event', () => {
    expect(correctedTimes([-3 * hour, -3 * hour, 0], [-2 * hour, -2 * hour, hour])).toEqual([-3 * hour, hour]);
  });

  test.each([
    [minute - 1, false],
    [minute, true],
    [minute + 1, true],
  ])('is recognised as behind by batches that are %d ms apart: %s', (apart, isKnown) => {
    const [, at] = correctedTimes([-3 * hour, -3 * hour, 0], [-3 * hour + apart, -3 * hour + apart, apart]);
    expect(at).toBe(isKnown ? apart : -3 * hour + apart);
  });

  test('is not recognised as behind by batches of a queue that are received together', () => {
    const queue = [-3 * hour, -2 * hour, -hour].map((sent, nth) => [sent, sent, nth * 100] as const);
    expect(correctedTimes(...queue)).toEqual([-3 * hour, -2 * hour, -hour]);
  });

  test('that was ahead does not change the order of a delayed batch', () => {
    // Its clock is an hour ahead. The grant at 0 was delayed, the refusal at 10 was not.
    const [no, yes] = correctedTimes(
      [hour + 10 * minute, hour + 10 * minute, 10 * minute],
      [hour, hour, 90 * minute],
    ) as [number, number];
    expect(yes).toBeLessThanOrEqual(no);
  });

  test('that was ahead and was set is used at once', () => {
    expect(correctedTimes([hour, hour, 0], [30 * minute, 30 * minute, 30 * minute])).toEqual([0, 30 * minute]);
  });

  test('preserves the order of the events of one device', () => {
    const skew = fc.integer({ min: -5 * hour, max: 5 * hour });
    const delay = fc.integer({ min: 0, max: 5 * hour });
    fc.assert(
      fc.property(skew, delay, delay, fc.integer({ min: 0, max: 3 * hour }), (ahead, first, second, apart) => {
        // An event that was delayed by as much as its clock is ahead looks like one of a clock that was set.
        for (const waited of [first, second])
          fc.pre(Math.abs(ahead) <= 5 * minute || Math.abs(ahead - waited) > 5 * minute);
        const events = [
          { happened: 0, received: first },
          { happened: apart, received: apart + second },
        ].sort((one, other) => one.received - other.received);
        const at = correctedTimes(
          ...events.map(({ happened, received }) => [happened + ahead, happened + ahead, received] as const),
        );
        const [earlier, later] = events[0]!.happened === 0 ? at : at.toReversed();
        expect(earlier! <= later!).toBe(true);
      }),
    );
  });
});
