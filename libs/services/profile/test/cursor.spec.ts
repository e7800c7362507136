import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCursor, writeCursor } from '../src/cursor.ts';

const activityId = '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a01';
const word = (text: string) => Buffer.from(text).toString('base64url');

describe('a cursor', () => {
  it('reads back what was written, for every instant that an activity may have', () => {
    const instant = fc.date({
      min: new Date('0001-01-01T00:00:00.000Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, fc.uuid(), (date, id) => {
        const cursor = { timestamp: date.toISOString(), activityId: id };
        expect(readCursor(writeCursor(cursor))).toEqual(cursor);
        expect(writeCursor(cursor)).toMatch(/^[\w-]+$/);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['no base 64', '!!!'],
    ['other words', word('hello world')],
    ['no activity', word('2026-11-20T10:00:00.000Z')],
    ['something else than an activity', word('2026-11-20T10:00:00.000Z 1')],
    ['what only JavaScript takes for an instant', word(`1 ${activityId}`)],
    ['a date without a time', word(`2026-11-20 ${activityId}`)],
    ['the year 0', word(`0000-01-01T00:00:00.000Z ${activityId}`)],
    ['a year that no database knows', word(`-271821-04-20T00:00:00.000Z ${activityId}`)],
    ['a year of six digits', word(`+010000-01-01T00:00:00.000Z ${activityId}`)],
    ['a thirteenth month', word(`2026-13-20T10:00:00.000Z ${activityId}`)],
    ['a day that there is not', word(`2026-02-30T00:00:00.000Z ${activityId}`)],
    ['a third part', word(`2026-11-20T10:00:00.000Z ${activityId} 1`)],
  ])('is refused if it holds %s', (_, written) => {
    expect(readCursor(written)).toBeUndefined();
  });
});
