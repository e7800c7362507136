import { describe, expect, it } from '@jest/globals';
import { storeEvent } from './household-event.ts';
import { readOptions } from './options.ts';
import { ageOf, shiftedTo } from './shift.ts';

const eventOf = (id: string, timestamp: string) =>
  storeEvent({ household: '7', id, event: 'Order Completed', timestamp, properties: { order_id: id } });
const year = [eventOf('o-1', '2017-01-01T19:06:53Z'), eventOf('o-2', '2017-12-31T08:00:00Z')];
const now = Date.parse('2026-11-26T12:00:00Z');

describe('shifted events', () => {
  it('keep their weekdays, hours and intervals, and end in the week before', () => {
    const moved = shiftedTo(year, now);
    expect(moved.map(({ event }) => event.timestamp)).toEqual(['2025-11-23T19:06:53.000Z', '2026-11-22T08:00:00.000Z']);
    expect(moved.map(({ at }) => new Date(at).getUTCDay())).toEqual(year.map(({ at }) => new Date(at).getUTCDay()));
  });

  it('have other ids, which are the same for the same shift', () => {
    const ids = (until: number) => shiftedTo(year, until).map(({ event }) => event.messageId);
    expect(ids(now)).toEqual(['complete-journey:o-1:+464w', 'complete-journey:o-2:+464w']);
    expect(ids(now + 3_600_000)).toEqual(ids(now));
  });

  it.each([
    ['2018-01-07T07:59:59.999Z', 0],
    ['2018-01-07T08:00:00Z', 1],
    ['2018-01-07T08:00:00.001Z', 1],
    ['2017-12-31T07:59:59Z', -1],
  ])('until %s are shifted by %d weeks', (until, weeks) => {
    const [, last] = shiftedTo(year, Date.parse(until));
    expect(last!.at - year[1]!.at).toBe(weeks * 7 * 24 * 3_600_000);
    expect(last!.event.messageId).toBe(
      weeks === 0 ? 'complete-journey:o-2' : `complete-journey:o-2:${weeks > 0 ? '+' : ''}${weeks}w`,
    );
  });
});

describe('the text about their age', () => {
  it('has a warning if the scores have decayed', () => {
    expect(ageOf(year, now)).toMatch(/from 2017-01-01 to 2017-12-31: since then .*confidence 0.*--until now/);
  });

  it('has only the period if it is recent', () => {
    expect(ageOf(shiftedTo(year, now), now)).toBe('They happened from 2025-11-23 to 2026-11-22.');
  });
});

describe('options', () => {
  it('are a folder and the latest time', () => {
    expect(readOptions(['data'], now)).toEqual({ folder: 'data', until: undefined });
    expect(readOptions(['data', '--until', 'now'], now)).toEqual({ folder: 'data', until: now });
    expect(readOptions(['--until=2026-11-20', 'data'], now)).toEqual({ folder: 'data', until: Date.UTC(2026, 10, 20) });
    expect(readOptions([], now)).toEqual({ folder: undefined, until: undefined });
  });

  it.each([
    [['a', 'b']],
    [['a', '--until']],
    [['a', '--until', 'tomorrow']],
    [['a', '--until', '2026-13-01']],
    [['a', '--fast']],
  ])('must not be %p', (args) => {
    expect(() => readOptions(args, now)).toThrow('npm run replay -- <folder> [--until');
  });
});
