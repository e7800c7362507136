import { describe, expect, test } from '@jest/globals';
import { faultsInText, placesInText } from '../src/features/models/faults-in-text.ts';

const text = `{
  "version": "spring-1",
  "rules": [
    { "activity": "order.completed", "signals": [] },
    { "activity": "promise.broken", "signals": [{ "weight": -3 }] }
  ]
}`;
const shown = (place: string) =>
  placesInText(text, [{ place, message: 'is wrong' }]).map(({ line, offset, length }) => [
    line,
    text.slice(offset, offset + length),
  ]);

describe('a fault of a document', () => {
  test.each([
    ['version', 2, '"spring-1"'],
    ['rules[1].signals[0].weight', 5, '-3'],
    ['rules[0].signals', 4, '[]'],
  ])('at %s is shown in line %d', (place, line, part) => expect(shown(place)).toEqual([[line, part]]));

  test.each([
    ['rules[1].signals[0].valence', 5, '{ "weight": -3 }'],
    ['rules[9]', 3, text.slice(text.indexOf('['), text.lastIndexOf(']') + 1)],
    ['halfLifeDays.bond', 1, text],
  ])('of what is missing at %s is shown around it', (place, line, part) =>
    expect(shown(place)).toEqual([[line, part]]),
  );

  test('of a text without JSON is shown at its beginning', () => {
    expect(placesInText('', [{ place: 'version', message: 'is required' }])).toEqual([
      { place: 'version', message: 'is required', line: 1, offset: 0, length: 0 },
    ]);
  });
});

describe('a text', () => {
  test('of JSON has no fault', () => expect(faultsInText(text)).toEqual([]));

  test.each([
    ['', 1],
    ['{\n"a": 1\n"b": 2 }', 3],
    ['{ "a": 1 // why\n}', 1],
    ['{"a": 1,\n}', 2],
    [text.slice(0, -1), 7],
  ])('%j has a fault in line %d', (broken, line) => {
    expect(faultsInText(broken)).toMatchObject([{ line, place: '', message: expect.stringMatching(/^JSON: /) }]);
  });
});
