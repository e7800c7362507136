import { describe, expect, test } from '@jest/globals';
import type { CustomerToken } from '../../src/types/customer-token.ts';
import { activityOf, anEvent, violationsOf, webShop } from '../builders.ts';

const ada = '0199c0de-0000-7000-8000-000000000001';
const ofAda = { customerId: ada, isWeak: false };
const page = { ...webShop, keyKind: 'browser' as const, claims: ['user_id' as const] };
const wordOf = (source: typeof webShop, token?: CustomerToken) => {
  const { vouchedBy, tokenOf } = activityOf(anEvent(), { token }, source);
  return { vouchedBy, tokenOf };
};

describe('an activity is the word of', () => {
  test('a server, with a secret key, whatever token is beside it', () => {
    expect(wordOf(webShop)).toEqual({ vouchedBy: 'secret', tokenOf: undefined });
    expect(wordOf(webShop, ofAda)).toEqual({ vouchedBy: 'secret', tokenOf: undefined });
    expect(violationsOf(anEvent(), { token: 'invalid' }, webShop)).toEqual([]);
  });

  test('a page, with a browser key alone', () => {
    expect(wordOf(page)).toEqual({ vouchedBy: 'page', tokenOf: undefined });
  });

  test('the customer, with a browser key and their token', () => {
    expect(wordOf(page, ofAda)).toEqual({ vouchedBy: 'customer', tokenOf: ada });
  });

  test('the customer with a token that ends with a merge, which the activity says', () => {
    const of = (isWeak: boolean) => activityOf(anEvent(), { token: { customerId: ada, isWeak } }, page);
    expect(of(true)).toMatchObject({ vouchedBy: 'customer', tokenOf: ada, isTokenWeak: true });
    expect(of(false)).not.toHaveProperty('isTokenWeak');
  });

  test('a page, with a token that is not valid, which is a violation', () => {
    expect(wordOf(page, 'invalid')).toEqual({ vouchedBy: 'page', tokenOf: undefined });
    expect(violationsOf(anEvent(), { token: 'invalid' }, page)).toEqual(['token-invalid context.customerToken']);
  });
});

test('a source may accept that its pages link browsers to accounts', () => {
  const source = { ...page, pagesMayLink: true };
  expect(activityOf(anEvent(), {}, source)).toMatchObject({ vouchedBy: 'page', mayLink: true });
  expect(activityOf(anEvent(), {}, { ...source, keyKind: 'secret' })).not.toHaveProperty('mayLink');
  expect(activityOf(anEvent(), {}, page)).not.toHaveProperty('mayLink');
});

test('an event that is sent again with another token has the same content', () => {
  const [before, after] = ['invalid' as const, ofAda].map(
    (token) => activityOf(anEvent(), { token }, page).contentHash,
  );
  expect(after).toBe(before);
});
