import { describe, expect, it } from '@jest/globals';
import { expiryOf } from '../src/notes/expiry.ts';
import { noteTextOf } from '../src/notes/note-text.ts';

describe('the text of a note', () => {
  it.each([
    ['surrounding white space', '\n  tea \t', 'tea'],
    ['line breaks inside', 'a\nb\r\nc', 'a\nb\r\nc'],
    ['HTML', '<b>&lt;</b>', '<b>&lt;</b>'],
    ['2,000 characters', 'x'.repeat(2_000), 'x'.repeat(2_000)],
    ['2,000 characters of two code units', '😀'.repeat(2_000), '😀'.repeat(2_000)],
    ['white space around 2,000 characters', ` ${'x'.repeat(2_000)}\n`, 'x'.repeat(2_000)],
  ])('may have %s', (_what, given, text) => {
    expect(noteTextOf(given)).toBe(text);
  });

  it.each([
    ['nothing', ''],
    ['white space only', ' \n\t\u00a0'],
    ['2,001 characters', 'x'.repeat(2_001)],
    ['2,001 characters of two code units', '😀'.repeat(2_001)],
    ['a NUL', 'a\0b'],
    ['a tab', 'a\tb'],
    ['an escape', 'a\u001b[31mb'],
    ['a control character of the second range', 'a\u0094b'],
    ['half a character', 'a\ud83db'],
  ])('may not have %s', (_what, given) => {
    expect(noteTextOf(given)).toBeUndefined();
  });

  it.each(['\0', 'x', ' '])('is refused quickly if it is long: %j', (one) => {
    const begunAt = performance.now();
    expect(noteTextOf(`a${one.repeat(500_000)}a`)).toBeUndefined();
    expect(performance.now() - begunAt).toBeLessThan(500);
  });
});

describe('the expiry of a note', () => {
  const now = new Date('2026-11-27T22:00:00.000Z');

  it.each([
    ['2026-11-27T22:00:00.001Z', '2026-11-27T22:00:00.001Z'],
    ['2026-11-27T23:00:01+01:00', '2026-11-27T22:00:01.000Z'],
    ['2036-11-27T22:00:00Z', '2036-11-27T22:00:00.000Z'],
  ])('may be %s', (given, instant) => {
    expect(expiryOf(given, now)?.toISOString()).toBe(instant);
  });

  it.each(['2026-11-27T22:00:00Z', '2026-11-27T21:59:59.999Z', '2036-11-27T22:00:00.001Z', '2027-02-30T00:00:00Z', ''])(
    'may not be %j',
    (given) => {
      expect(expiryOf(given, now)).toBeUndefined();
    },
  );
});
