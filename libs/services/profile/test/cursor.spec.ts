import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCursor, writeCursor } from '../src/cursor.ts';

const activityId = '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a01';
const encode = (text: string) => Buffer.from(text).toString('base64url');

describe('a cursor', () => {
  it('is the same after writing and reading, for every instant that an activity may have', () => {
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
    ['no base64', '!!!'],
    ['other text', encode('hello world')],
    ['no activity id', encode('2026-11-20T10:00:00.000Z')],
    ['an invalid activity id', encode('2026-11-20T10:00:00.000Z 1')],
    ['an instant that only JavaScript accepts', encode(`1 ${activityId}`)],
    ['a date without a time', encode(`2026-11-20 ${activityId}`)],
    ['the year 0', encode(`0000-01-01T00:00:00.000Z ${activityId}`)],
    ['a year outside the range of the database', encode(`-271821-04-20T00:00:00.000Z ${activityId}`)],
    ['a year of six digits', encode(`+010000-01-01T00:00:00.000Z ${activityId}`)],
    ['a thirteenth month', encode(`2026-13-20T10:00:00.000Z ${activityId}`)],
    ['a date that does not exist', encode(`2026-02-30T00:00:00.000Z ${activityId}`)],
    ['a third part', encode(`2026-11-20T10:00:00.000Z ${activityId} 1`)],
  ])('is rejected if it holds %s', (_, text) => {
    expect(readCursor(text)).toBeUndefined();
  });
});
