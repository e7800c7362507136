import { describe, expect, test } from '@jest/globals';
import { allows, originPattern } from '../../src/sources/origins.ts';

describe('a page', () => {
  test.each([
    ['https://shop.example', 'https://shop.example', true],
    ['https://shop.example', 'http://shop.example', false],
    ['https://shop.example', 'https://shop.example:8443', false],
    ['https://shop.example', 'https://shop.example.evil', false],
    ['https://shop.example', 'https://www.shop.example', false],
    ['https://*.shop.example', 'https://www.shop.example', true],
    ['https://*.shop.example', 'https://a.b.shop.example', true],
    ['https://*.shop.example', 'https://shop.example', false],
    ['https://*.shop.example', 'https://evilshop.example', false],
    ['https://*.shop.example', 'http://www.shop.example', false],
    ['https://*.shop.example:8443', 'https://www.shop.example:8443', true],
    ['https://*.shop.example', 'https://www.shop.example:8443', false],
    ['capacitor://localhost', 'capacitor://localhost', true],
    ['*', 'https://anywhere.example', true],
    ['*', 'null', true],
    ['https://shop.example', 'null', false],
  ])('with %s allowed, of the origin %s is allowed: %s', (allowed, origin, isAllowed) => {
    expect(allows([allowed], origin)).toBe(isAllowed);
  });

  test('is never allowed without allowed origins', () => {
    expect(allows([], 'https://shop.example')).toBe(false);
  });
});

describe('an origin', () => {
  test.each(['https://shop.example', 'http://localhost:3000', 'https://*.shop.example', '*', 'capacitor://localhost'])(
    'can be %s',
    (origin) => expect(origin).toMatch(originPattern),
  );

  test.each([
    '',
    'shop.example',
    'https://shop.example/',
    'https://shop.example/path',
    'https://Shop.example',
    'https://',
    'https://*',
    'https://a.*.example',
    '**',
    'https://shop.example https://other.example',
    'https://.example',
  ])('cannot be %j', (origin) => expect(origin).not.toMatch(originPattern));
});
