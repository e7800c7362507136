import { describe, expect, test } from '@jest/globals';
import { dayFormat, longestDayFormat } from '../../../src/formats/files/csv/day-format.ts';

const read = (format: string, cell: string) => {
  const reader = dayFormat(format);
  return typeof reader === 'string' ? reader : reader(cell);
};

describe('a day', () => {
  test.each([
    ['dd.MM.yyyy', '31.12.2024', '2024-12-31'],
    ['dd.MM.yyyy', '1.3.2024', '2024-03-01'],
    ['dd.MM.yyyy', ' 01.03.2024 ', '2024-03-01'],
    ['dd.MM.yyyy', '31.12.2024 14:05', '2024-12-31T14:05:00'],
    ['dd.MM.yyyy', '31.12.2024T14:05:06,789', '2024-12-31T14:05:06.789'],
    ['dd.MM.yyyy', '31.12.2024 14:05:06 +01:00', '2024-12-31T14:05:06+01:00'],
    ['dd.MM.yyyy HH:mm', '31.12.2024 14:05', '2024-12-31T14:05:00'],
    ['dd.MM.yyyy HH:mm', '31.12.2024 9:05', '2024-12-31T09:05:00'],
    ['dd/MM/yyyy', '03/04/2024', '2024-04-03'],
    ['MM/dd/yyyy', '03/04/2024', '2024-03-04'],
    ['M/d/yyyy h:mm a', '3/4/2024 12:05 AM', '2024-03-04T00:05:00'],
    ['M/d/yyyy h:mm a', '3/4/2024 12:05 p.m.', '2024-03-04T12:05:00'],
    ['yyyyMMdd', '20240229', '2024-02-29'],
    ['yyyyMMddHHmmss', '20240229235959', '2024-02-29T23:59:59'],
    ['dd-MMM-yy', '31-DEC-25', '2025-12-31'],
    ['d MMM yyyy', '1 Mar 2026', '2026-03-01'],
    ['yyyy-MM-dd-HH.mm.ss.SSSSSS', '2025-12-31-14.05.06.123456', '2025-12-31T14:05:06.123456'],
    ['dd.MM.yy', '01.03.69', '2069-03-01'],
    ['dd.MM.yy', '01.03.70', '1970-03-01'],
    ["yyyy-MM-dd'T'HH:mm".replaceAll("'", ''), '2024-03-01T10:00Z', '2024-03-01T10:00:00Z'],
  ])('in %s: %j is %s', (format, cell, iso) => {
    expect(read(format, cell)).toBe(iso);
  });

  test.each([
    ['dd.MM.yyyy', '30.02.2024'],
    ['dd.MM.yyyy', '29.02.2023'],
    ['dd.MM.yyyy', '12/31/2024'],
    ['dd.MM.yyyy', '2024-12-31'],
    ['MM/dd/yyyy', '31/12/2024'],
    ['yyyyMMdd', '2024031'],
    ['dd-MMM-yy', '31-DIC-25'],
    ['dd.MM.yyyy HH:mm', '31.12.2024'],
    ['dd.MM.yyyy', '31.12.2024 24:00'],
    ['dd.MM.yyyy', '31.12.2024 10:60'],
    ['dd.MM.yyyy h:mm a', '31.12.2024 13:00 PM'],
    ['dd.MM.yyyy', '31x12x2024'],
  ])('in the format %s does not match %j', (format, cell) => {
    expect(read(format, cell)).toBeUndefined();
  });
});

describe('a format', () => {
  test.each([
    ['', 'one year'],
    ['dd.MM', 'one year'],
    ['dd.MM.yyyy dd', 'one day'],
    ['DD.MM.YYYY', 'got DD'],
    ['dd.MM.yyyy HH', 'minutes'],
    ['dd.MM.yyyy mm', 'minutes'],
    ['dd.MM.yyyy hh:mm', 'hh with a'],
    ['dd.MM.yyyy HH:mm a', 'hh with a'],
    ['dd.MM.yyyy HH:mm:ss SSS SSS', 'must not repeat'],
    ['constructor', 'got c'],
  ])('%j is rejected: %s', (format, reason) => {
    expect(dayFormat(format)).toContain(reason);
  });

  test.each([
    [-1, 'function'],
    [0, 'function'],
    [1, 'string'],
  ])('with %d characters over the limit is a %s', (more, kind) => {
    expect(typeof dayFormat('dd.MM.yyyy'.padEnd(longestDayFormat + more, '.'))).toBe(kind);
  });
});
