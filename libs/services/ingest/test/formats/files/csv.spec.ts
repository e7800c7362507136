import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mostColumns } from '../../../src/formats/files/csv/columns.ts';
import { longestLineBytes } from '../../../src/formats/files/line.ts';
import { readFile } from '../../imports/files.ts';

const header = 'event,userId';
const ada = { type: 'track', event: 'a.b', userId: 'ada' };
const bob = { type: 'track', event: 'a.b', userId: 'bob' };

describe.each([[Infinity], [5], [1]])('in pieces of %d bytes', (piece) => {
  test.each<[string, string | Buffer, unknown[]]>([
    [
      'lines below a header',
      `${header}\na.b,ada\na.b,bob\n`,
      [
        [2, ada],
        [3, bob],
      ],
    ],
    ['a last line without an end', `${header}\na.b,ada`, [[2, ada]]],
    [
      'a byte order mark, and Windows line ends',
      `\ufeff${header}\r\na.b,ada\r\na.b,bob\r\n`,
      [
        [2, ada],
        [3, bob],
      ],
    ],
    ['semicolons', 'event;userId\na.b;ada', [[2, ada]]],
    ['tabs', 'event\tuserId\na.b\tada', [[2, ada]]],
    ['commas within the quotes of a header with semicolons', '"a,b,c";event;userId\n;a.b;ada', [[2, ada]]],
    ['quotes, and quotes within them', `${header}\n"a.b","a ""b"", c"\n`, [[2, { ...ada, userId: 'a "b", c' }]]],
    ['quotes inside a cell without quotes', `${header}\na.b,a"b"`, [[2, { ...ada, userId: 'a"b"' }]]],
    [
      'line feeds within quotes, which count as lines',
      `${header}\na.b,"a\nd\r\na"\na.b,bob`,
      [
        [2, { ...ada, userId: 'a\nd\r\na' }],
        [5, bob],
      ],
    ],
    ['a line feed within the quotes of the last line', `${header}\na.b,"a\nb"`, [[2, { ...ada, userId: 'a\nb' }]]],
    [
      'blank lines, and lines of empty cells',
      `${header}\n\na.b,ada\n,\n \n"",""\na.b,bob\n\n`,
      [
        [3, ada],
        [7, bob],
      ],
    ],
    [
      'a missing cell, a surplus cell',
      `${header}\na.b\na.b,ada\na.b,ada,x\n`,
      [
        [2, 'csv-columns'],
        [3, ada],
        [4, 'csv-columns'],
      ],
    ],
    [
      'a quote that is never closed',
      `${header}\na.b,"ada\na.b,ada\na.b,bob\n`,
      [
        [2, 'csv-quotes'],
        [3, ada],
        [4, bob],
      ],
    ],
    [
      'a surplus quote',
      `${header}\na.b,"ada\n"a.b",ada\na.b,bob`,
      [
        [2, 'csv-quotes'],
        [3, ada],
        [4, bob],
      ],
    ],
    [
      'text after a closing quote',
      `${header}\n"a.b" ,ada\na.b,bob`,
      [
        [2, 'csv-quotes'],
        [3, bob],
      ],
    ],
    [
      'an opening quote in the last line',
      `${header}\na.b,ada\na.b,"bob`,
      [
        [2, ada],
        [3, 'csv-quotes'],
      ],
    ],
    [
      'a line that is not UTF-8',
      Buffer.from(`${header}\na.b,Zo\xeb\na.b,bob`, 'latin1'),
      [
        [2, 'not-utf8'],
        [3, bob],
      ],
    ],
    ['a header and nothing else', header, []],
    ['a header in quotes', '"event","userId"\r\n"a.b","ada"', [[2, ada]]],
  ])('%s', async (_, content, lines) => {
    expect((await readFile(content, { format: 'csv', piece })).lines).toEqual(lines);
  });
});

describe('a column', () => {
  const eventOf = async (names: string, cells: string) =>
    (await readFile(`${names}\n${cells}`, { format: 'csv' })).lines[0]![1] as Record<string, unknown>;

  test.each([
    ['messageId', '7', { messageId: '7' }],
    ['message_id', '7', { messageId: '7' }],
    ['anonymousId', '7', { anonymousId: '7' }],
    ['user_id', '7', { userId: '7' }],
    ['timestamp', '2025-01-01', { timestamp: '2025-01-01' }],
    ['channel', 'store', { context: { channel: 'store' } }],
    ['email', 'a@b.it', { traits: { email: 'a@b.it' } }],
    ['phone', '+39333', { traits: { phone: '+39333' } }],
    ['loyaltyCard', '0012', { traits: { loyaltyCard: '0012' } }],
    ['traits.city', 'Milano', { traits: { city: 'Milano' } }],
    ['context.device.id', 'd7', { context: { device: { id: 'd7' } } }],
    ['properties.shipping.city', 'Milano', { properties: { shipping: { city: 'Milano' } } }],
    ['store', 'Milano 7', { properties: { store: 'Milano 7' } }],
    [' store ', 'Milano 7', { properties: { store: 'Milano 7' } }],
    ['shipping.city', 'Milano', { properties: { shipping: { city: 'Milano' } } }],
    ['', 'x', { properties: { column_2: 'x' } }],
    ['constructor', 'x', { properties: { constructor: 'x' } }],
    ['store', '', {}],
  ])('%j with the cell %j', async (name, cell, event) => {
    expect(await eventOf(`type,${name}`, `page,${cell}`)).toEqual({ type: 'page', ...event });
  });

  test('of a nested property is added to the same object', async () => {
    expect(await eventOf('type,total,properties.tax,email,traits.city', 'page,1,2,a@b.it,Milano')).toEqual({
      type: 'page',
      properties: { total: 1, tax: 2 },
      traits: { email: 'a@b.it', city: 'Milano' },
    });
  });
});

describe('a cell', () => {
  const valueOf = async (cell: string, name = 'total', { separator = ',', event = 'Gift Wrapped' } = {}) => {
    const { lines } = await readFile(`event${separator}${name}\n${event}${separator}"${cell}"`, { format: 'csv' });
    return Object.values((lines[0]![1] as { properties: object }).properties)[0] as unknown;
  };

  test.each([
    ['12', 12],
    ['-12.50', -12.5],
    ['0', 0],
    ['0.5', 0.5],
    ['123456789012345', 123456789012345],
    ['12345678901234.5', 12345678901234.5],
    ['1234567890123456', '1234567890123456'],
    ['true', true],
    ['false', false],
    ['TRUE', 'TRUE'],
    ['007', '007'],
    ['.5', '.5'],
    ['5.', '5.'],
    ['+5', '+5'],
    ['1e5', '1e5'],
    ['1,5', '1,5'],
    ['1.234,5', '1.234,5'],
    [' 5', ' 5'],
    ['NaN', 'NaN'],
    ['null', 'null'],
  ])('%j is read as %j', async (cell, value) => {
    expect(await valueOf(cell)).toBe(value);
  });

  test('with a decimal comma is a number if the separator is a semicolon', async () => {
    expect(await valueOf('12,50', 'total', { separator: ';' })).toBe(12.5);
    expect(await valueOf('12.50', 'total', { separator: ';' })).toBe(12.5);
    expect(await valueOf('1.234,50', 'total', { separator: ';' })).toBe('1.234,50');
  });

  test.each(['order_id', 'id', 'orderId', 'sku', 'coupon_code', 'properties.product_id'])(
    'of %s is a text',
    async (name) => {
      expect(await valueOf('12', name)).toBe('12');
    },
  );

  test.each(['paid', 'code_count', 'grid'])('of %s is a number', async (name) => {
    expect(await valueOf('12', name)).toBe(12);
  });

  test.each([
    ['Product Reviewed', 'review_body', '10', '10'],
    ['Product Reviewed', 'rating', '5', 5],
    ['Order Completed', 'coupon', '100', '100'],
    ['Order Completed', 'revenue', '41.50', 41.5],
    ['Order Completed', 'gift_note', '100', 100],
    ['Gift Wrapped', 'coupon', '100', 100],
    ['constructor', 'coupon', '100', 100],
  ])('of %s in the column %s has the type of the vocabulary: %j is %j', async (event, name, cell, value) => {
    expect(await valueOf(cell, name, { event })).toBe(value);
  });
});

describe('a header', () => {
  const refusalOf = async (first: string | Buffer) => {
    const bytes = Buffer.concat([Buffer.from(first), Buffer.from('\nx,y\n')]);
    const error = await readFile(bytes, { format: 'csv' }).catch((thrown: unknown) => thrown);
    return error instanceof Error ? { ...error, message: error.message } : undefined;
  };

  test.each([
    ['without `event` and `type`', 'userId,total', 'a column `event` or `type` is required'],
    ['that is a line of data', 'ada@example.org,Order Completed', 'a column `event` or `type` is required'],
    ['with a duplicate column', 'event,userId,user_id', 'columns 2 and 3 have the same target field'],
    ['with two names of one property', 'event,total,properties.total', 'columns 2 and 3 have the same target field'],
    ['with a value and an object of one name', 'event,a.b,a', 'columns 2 and 3 have the same target field'],
    ['with an object and a value of one name', 'event,a,a.b', 'columns 2 and 3 have the same target field'],
    ['with a prototype', 'event,properties.__proto__.x', 'column 2 has an invalid name'],
    ['with an empty step', 'event,properties.', 'column 2 has an invalid name'],
    ['with a control character', 'event,us\rer', 'column 2 has an invalid name'],
    ['in UTF-16', Buffer.from('\ufeffevent,userId', 'utf16le'), 'set encoding=utf-16le'],
    ['of a workbook', Buffer.from('PK\u0003\u0004event,userId'), 'The file is a workbook'],
    ['with indexes of items', 'event,products[0].sku', 'such as products[].sku'],
    ['with a quote that is not closed', 'event,"userId', 'not valid CSV in UTF-8'],
  ])('%s is rejected, without personal data in the message', async (_, first, reason) => {
    expect(await refusalOf(first)).toMatchObject({ status: 400, code: 'header-invalid' });
    expect((await refusalOf(first))!.message).toContain(reason);
    expect((await refusalOf(first))!.message).not.toContain('ada');
  });

  test.each([
    [-1, true],
    [0, true],
    [1, false],
  ])('with %d columns over the limit is accepted: %j', async (more, isTaken) => {
    const names = Array.from({ length: mostColumns + more - 1 }, (_, index) => `p${index}`).join(',');
    expect((await refusalOf(`event,${names}`)) === undefined).toBe(isTaken);
  });

  test('that is longer than the limit of a line is rejected', async () => {
    expect(await refusalOf(`event,${'x'.repeat(longestLineBytes)}`)).toMatchObject({ code: 'header-invalid' });
  });
});

describe('a record over several lines', () => {
  /** A record of `bytes` bytes, in which the second line would be a valid record by itself. */
  const record = (bytes: number) => `a.b,"x\na.b,ada\n${'y'.repeat(bytes - 17)}\n"`;

  test.each([
    [-1, [2, 6]],
    [0, [2, 6]],
    [1, [2, 3, 4, 5, 6]],
  ])(
    'with %d bytes over the limit of a line is read as the lines %j: a record that is too long has a surplus quote',
    async (more, numbers) => {
      for (const piece of [Infinity, 100_000]) {
        const content = `${header}\n${record(longestLineBytes + more)}\na.b,bob`;
        const { lines } = await readFile(content, { format: 'csv', piece });
        expect(lines.map(([number]) => number)).toEqual(numbers);
        expect(lines.at(-1)![1]).toEqual(bob);
        if (more > 0)
          expect(lines.map(([, result]) => result)).toEqual(['csv-quotes', ada, 'csv-columns', 'csv-quotes', bob]);
      }
    },
  );
});

test('any text in cells is read unchanged, with pieces of any size', async () => {
  const cell = fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a', 'é', ' ') });
  const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 9 }), fc.constantFrom('\n', '\r\n'), async (cells, piece, end) => {
      const text = ['type,name', ...cells.map(([one, other]) => `${quoted(`t${one}`)},${quoted(other)}`)].join(end);
      const { lines } = await readFile(text, { format: 'csv', piece });
      expect(lines.map(([, event]) => event)).toEqual(
        cells.map(([one, other]) => ({ type: `t${one}`, ...(other === '' ? {} : { properties: { name: other } }) })),
      );
    }),
  );
});
