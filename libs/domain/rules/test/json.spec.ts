import { describe, expect, test } from '@jest/globals';
import {
  addFault,
  between,
  booleanIn,
  choiceIn,
  countIn,
  documentNode,
  entriesOf,
  faultText,
  fieldsOf,
  type JsonNode,
  mostFaults,
  numberIn,
  summaryOf,
  textIn,
  textsIn,
} from '../src/index.ts';

/** What a reader returns for a value, and its faults. */
function readAs<Value>(read: (node: JsonNode) => Value, value: unknown): [Value, ...string[]] {
  const node = documentNode(value);
  return [read(node), ...node.faults.map(faultText)];
}

describe('a number', () => {
  test.each([
    [0, true],
    [1, true],
    [-0.001, false],
    [1.001, false],
    ['1', false],
    [Number.NaN, false],
  ])('from 0 to 1: %p', (value, isAllowed) => {
    const fault = 'document: must be a number from 0 to 1';
    expect(readAs((node) => numberIn(node, between(0, 1)), value)).toEqual(isAllowed ? [value] : [Number.NaN, fault]);
  });

  test.each([
    [1, true],
    [9, true],
    [0, false],
    [10, false],
    [1.5, false],
  ])('whole, from 1 to 9: %p', (value, isAllowed) => {
    const fault = 'document: must be a whole number from 1 to 9';
    expect(readAs((node) => countIn(node, 9), value)).toEqual(isAllowed ? [value] : [Number.NaN, fault]);
  });
});

describe('a text', () => {
  test.each([
    ['ab', true],
    ['abc', true],
    ['abcd', false],
    [' ', false],
    [1, false],
  ])('of 1 to 3 characters: %p', (value, isAllowed) => {
    const fault = 'document: must be a string of 1 to 3 characters';
    expect(readAs((node) => textIn(node, 3), value)).toEqual(isAllowed ? [value] : ['', fault]);
  });

  test('of a choice', () => {
    expect(readAs((node) => choiceIn(node, ['a', 'b']), 'b')).toEqual(['b']);
    expect(readAs((node) => choiceIn(node, ['a', 'b']), 'c')).toEqual(['a', 'document: must be one of a, b']);
  });

  test('in a list is there once', () => {
    const texts = (value: unknown) => readAs((node) => textsIn(node, 3, (item) => textIn(item, 3)), value);
    expect(texts(['a', 'b'])).toEqual([['a', 'b']]);
    expect(texts(['a', 'b', 'a'])).toEqual([['a', 'b', 'a'], '[2]: is a duplicate']);
    expect(texts([])).toEqual([[], 'document: must be an array of 1 to 3 items']);
    expect(texts(['a', 'b', 'c', 'd'])).toEqual([[], 'document: must be an array of 1 to 3 items']);
  });
});

test('true and false are no texts', () => {
  expect(readAs(booleanIn, false)).toEqual([false]);
  expect(readAs(booleanIn, 'false')).toEqual([true, 'document: must be true or false']);
});

describe('an object', () => {
  test('has known fields only; an absent one has no value', () => {
    const node = documentNode({ a: 1, c: 2, d: undefined });
    const { a, b } = fieldsOf(node, ['a', 'b']);
    expect([a.value, b.value]).toEqual([1, undefined]);
    addFault(b, 'must be a number');
    expect(node.faults).toEqual([
      { place: 'c', message: 'is not a known field' },
      { place: 'b', message: 'is missing' },
    ]);
  });

  test('that is none is one fault, and its fields add no others', () => {
    const node = documentNode([]);
    addFault(fieldsOf(node, ['a']).a, 'must be a number');
    expect(node.faults).toEqual([{ place: 'document', message: 'must be an object' }]);
    expect(entriesOf(documentNode(null))).toBeUndefined();
  });

  test('has no inherited fields', () => {
    expect(fieldsOf(documentNode({}), ['constructor', 'toString']).constructor.value).toBeUndefined();
  });
});

test('a document has at most so many faults', () => {
  const faultsOf = (count: number) => {
    const node = documentNode(Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, 1])));
    fieldsOf(node, ['a']);
    return node.faults.length;
  };
  expect([-1, 0, 1].map((step) => faultsOf(mostFaults + step))).toEqual([mostFaults - 1, mostFaults, mostFaults]);
});

test('the summary of faults is the first, and how many others there are', () => {
  const faults = [1, 2, 3].map((index) => ({ place: `rules[${index}]`, message: 'is missing' }));
  expect(summaryOf(faults)).toBe('rules[1]: is missing (and 2 more)');
  expect(summaryOf(faults.slice(2))).toBe('rules[3]: is missing');
});
