import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DeviceClocks } from '../../../src/judge/time/device-clocks.ts';

const minute = 60_000;
const hour = 60 * minute;
const noon = Date.UTC(2026, 10, 20, 12);

/** What devices say, in hours and minutes from noon by their own clocks; when it is received, by ours. */
function placed(...told: readonly (readonly [happened: number, sent: number, received: number])[]): number[] {
  const clocks = new DeviceClocks();
  return told.map(([happened, sent, received]) => {
    const stamps = { happened: noon + happened, sent: noon + sent, received: noon + received };
    return clocks.correct({ device: 'phone', ...stamps }) - noon;
  });
}

describe('the clock of a device', () => {
  test('that is right is left alone, however late an event is sent', () => {
    expect(placed([0, 0, 0], [-hour, 10, 200], [-24 * hour, -23 * hour, minute])).toEqual([0, -hour, -24 * hour]);
  });

  test('that is ahead is corrected, where it says to have sent in the future', () => {
    expect(placed([hour - minute, hour, 0])).toEqual([-minute]);
  });

  test.each([
    [5 * minute - 1, 0],
    [5 * minute, 0],
    [5 * minute + 1, -1],
  ])('that is %d ms ahead', (skew, at) => {
    expect(placed([skew - 1, skew, 0])).toEqual([Math.min(at, skew - 1)]);
  });

  test('that stays behind by the same is corrected once that is known', () => {
    expect(placed([-3 * hour, -3 * hour, 0], [-2 * hour, -2 * hour, hour])).toEqual([-3 * hour, hour]);
  });

  test.each([
    [minute - 1, false],
    [minute, true],
    [minute + 1, true],
  ])('is not known to be behind by batches that come %d ms apart: %s', (apart, isKnown) => {
    const [, at] = placed([-3 * hour, -3 * hour, 0], [-3 * hour + apart, -3 * hour + apart, apart]);
    expect(at).toBe(isKnown ? apart : -3 * hour + apart);
  });

  test('is not known to be behind by batches of a queue, which come together', () => {
    const queue = [-3 * hour, -2 * hour, -hour].map((sent, nth) => [sent, sent, nth * 100] as const);
    expect(placed(...queue)).toEqual([-3 * hour, -2 * hour, -hour]);
  });

  test('that was ahead does not put a batch that waited behind what came after it', () => {
    // Its clock is an hour ahead. It said yes at 0, which waited; and no at 10, which did not.
    const [no, yes] = placed([hour + 10 * minute, hour + 10 * minute, 10 * minute], [hour, hour, 90 * minute]) as [
      number,
      number,
    ];
    expect(yes).toBeLessThanOrEqual(no);
  });

  test('that was ahead and was set is believed at once', () => {
    expect(placed([hour, hour, 0], [30 * minute, 30 * minute, 30 * minute])).toEqual([0, 30 * minute]);
  });

  test('keeps the order of what one device says, whenever it comes', () => {
    const skew = fc.integer({ min: -5 * hour, max: 5 * hour });
    const delay = fc.integer({ min: 0, max: 5 * hour });
    fc.assert(
      fc.property(skew, delay, delay, fc.integer({ min: 0, max: 3 * hour }), (ahead, first, second, apart) => {
        // One that waited as long as its clock is ahead looks like one of a clock that was set.
        for (const waited of [first, second])
          fc.pre(Math.abs(ahead) <= 5 * minute || Math.abs(ahead - waited) > 5 * minute);
        const events = [
          { happened: 0, received: first },
          { happened: apart, received: apart + second },
        ].sort((one, other) => one.received - other.received);
        const at = placed(
          ...events.map(({ happened, received }) => [happened + ahead, happened + ahead, received] as const),
        );
        const [earlier, later] = events[0]!.happened === 0 ? at : at.toReversed();
        expect(earlier! <= later!).toBe(true);
      }),
    );
  });
});
