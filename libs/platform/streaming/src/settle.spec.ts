import { describe, expect, test } from '@jest/globals';
import { deadLetter, done, type Outcome, retry } from './outcome.ts';
import { settle } from './settle.ts';
import { aDelivery } from './testing/messages.ts';

/** Messages 7, 8 and 9 of a partition. */
const batch = [7, 8, 9].map((offset) => aDelivery({ offset, key: `key-${offset}`, value: `value-${offset}` }));
const settled = (...outcomes: Outcome[]) => settle('scoring', batch, outcomes);

describe('a batch', () => {
  test('that is done is settled to its end', () => {
    expect(settled(done, done, done)).toEqual({ next: 10, deadLetters: [], retry: undefined });
  });

  test.each([
    ['first', [retry('not yet'), done, done], 7],
    ['second', [done, retry('not yet'), done], 8],
    ['third', [done, done, retry('not yet')], 9],
  ])('whose %s message is retried is settled up to it', (_, outcomes, next) => {
    expect(settled(...outcomes)).toEqual({ next, deadLetters: [], retry: 'not yet' });
  });

  test('with several retries resumes at the first', () => {
    expect(settled(done, retry('one'), retry('other'))).toMatchObject({ next: 8, retry: 'one' });
  });

  test('with too few outcomes is retried from the first missing one', () => {
    expect(settled(done, done)).toEqual({ next: 9, deadLetters: [], retry: 'the handler returned no outcome' });
    expect(settled()).toMatchObject({ next: 7 });
  });

  test('with too many outcomes is settled', () => {
    expect(settled(done, done, done, retry('what?'))).toMatchObject({ next: 10, retry: undefined });
  });
});

describe('a dead letter', () => {
  test('is the original message with its position and the reason, and does not block the others', () => {
    expect(settled(done, deadLetter('no such element'), done)).toEqual({
      next: 10,
      retry: undefined,
      deadLetters: [{ group: 'scoring', delivery: batch[1], reason: 'no such element' }],
    });
  });

  test('before a retry is stored, one after it waits', () => {
    const { next, deadLetters } = settled(deadLetter('bad'), retry('not yet'), deadLetter('bad as well'));
    expect([next, deadLetters.map(({ delivery }) => delivery.key)]).toEqual([8, ['key-7']]);
  });
});
