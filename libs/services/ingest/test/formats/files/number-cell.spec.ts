import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { numberInCell, type NumberStyle } from '../../../src/formats/files/csv/number-cell.ts';

const read = (cell: string, style: Partial<NumberStyle> = {}) =>
  numberInCell(cell, { decimal: null, thousands: null, separator: ';', ...style });

describe('a number', () => {
  test.each<[string, number | 'unclear' | undefined]>([
    ['1.234,50', 1234.5],
    ['1.234,50 €', 1234.5],
    ['€ 1.234,50', 1234.5],
    ['EUR 1.234', 1234],
    ['-€5,00', -5],
    ['1.234,50-', -1234.5],
    ['−3,5', -3.5],
    ['12,5 kr', 12.5],
    ['1.234.567', 1_234_567],
    ['1 234,5', 1234.5],
    ['1\u202f234,5\u00a0zł', 1234.5],
    ["1'234", 1234],
    ['1.234', 1234],
    ['0,125', 0.125],
    ['1,234', 1.234],
    ['12', 12],
    ['12.50', 'unclear'],
    ['1,234.50', 'unclear'],
    ['1.23.456', 'unclear'],
    ['1234.567', 'unclear'],
    ['12,50,', 'unclear'],
    ['1,5E+05', undefined],
    ['free', undefined],
    ['', undefined],
    ['12 %', undefined],
  ])('in a file with a decimal comma: %j is %j', (cell, number) => {
    expect(read(cell, { decimal: ',' })).toBe(number);
  });

  test.each<[string, number | 'unclear']>([
    ['1,234.50', 1234.5],
    ['1,234', 1234],
    ['$1,234.50', 1234.5],
    ['1.234', 1.234],
    ['12,50', 'unclear'],
  ])('in a file with a decimal point: %j is %j', (cell, number) => {
    expect(read(cell, { decimal: '.' })).toBe(number);
  });

  test.each<[string, string, number | 'unclear']>([
    ['1.234', ';', 'unclear'],
    ['12.000', ';', 'unclear'],
    ['€ 1.234', ';', 'unclear'],
    ['-1.234', ';', 'unclear'],
    ['1,234', ';', 1.234],
    ['999,90', ';', 999.9],
    ['999.90', ';', 999.9],
    ['0.125', ';', 0.125],
    ['1234.567', ';', 1234.567],
    ['1.234,5', ';', 1234.5],
    ['1.234.567', ';', 1_234_567],
    ['1,234', ',', 'unclear'],
    ['1.234', ',', 1.234],
    ['1,234.5', ',', 1234.5],
    ['12,50', ',', 12.5],
    ['1.234', '\t', 'unclear'],
    ['1,234', '\t', 'unclear'],
    ["1'234", '\t', 1234],
  ])('in a file without a given format: %j with the separator %j is %j', (cell, separator, number) => {
    expect(read(cell, { separator })).toBe(number);
  });

  test('has only the given thousands separator', () => {
    expect(read('1 234,5', { decimal: ',', thousands: '.' })).toBe('unclear');
    expect(read('1.234,5', { decimal: ',', thousands: '.' })).toBe(1234.5);
    expect(read('1 234,5', { decimal: ',', thousands: ' ' })).toBe(1234.5);
  });

  test('is read correctly in the formats of all countries', () => {
    const amount = fc.integer({ min: -99_999_999_99, max: 99_999_999_99 }).map((cents) => cents / 100);
    fc.assert(
      fc.property(
        amount,
        fc.constantFrom('de-DE', 'en-US', 'de-CH', 'fr-FR', 'it-IT', 'pl-PL', 'sv-SE'),
        (value, country) => {
          const format = new Intl.NumberFormat(country, { style: 'currency', currency: 'EUR' });
          const decimal = format.formatToParts(0.5).find(({ type }) => type === 'decimal')!.value as ',' | '.';
          expect(read(format.format(value), { decimal })).toBe(value);
        },
      ),
    );
  });
});
