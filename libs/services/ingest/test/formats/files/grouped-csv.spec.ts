import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mostLinesOfEvent } from '../../../src/formats/files/units.ts';
import { longestLineBytes } from '../../../src/formats/files/line.ts';
import { readMapped } from '../../imports/files.ts';

const mapping = {
  columns: { art: 'products[].sku', n: 'products[].quantity' },
  values: { event: 'Order Completed' },
  groupBy: 'order_id',
};
const header = 'order_id;userId;art;n';
const linesOf = async (rows: readonly string[], options: Parameters<typeof readMapped>[2] = {}) =>
  (await readMapped([header, ...rows].join('\n'), mapping, options)).lines;
const order = (id: string, userId: string, ...products: [sku: string, quantity: number][]) => ({
  type: 'track',
  event: 'Order Completed',
  userId,
  properties: { order_id: id, products: products.map(([sku, quantity]) => ({ sku, quantity })) },
});

describe('lines of one order', () => {
  test('form one event, with the number of the first line', async () => {
    expect(await linesOf(['o-1;ada;a;1', 'o-1;ada;b;2', 'o-2;bob;c;1', 'o-1;ada;d;1'])).toEqual([
      { number: 2, event: order('o-1', 'ada', ['a', 1], ['b', 2]) },
      { number: 4, event: order('o-2', 'bob', ['c', 1]) },
      { number: 5, event: order('o-1', 'ada', ['d', 1]) },
    ]);
  });

  test('may have common values in one line only', async () => {
    expect(await linesOf(['o-1;;a;1', 'o-1;ada;b;2', 'o-1;;;'])).toEqual([
      { number: 2, event: order('o-1', 'ada', ['a', 1], ['b', 2]) },
    ]);
  });

  test('with different values have the first value, and a violation without the values', async () => {
    const file = ['order_id;userId;note', 'o-1;ada;gift', 'o-1;ada;for bob'].join('\n');
    const [line] = (await readMapped(file, { values: { event: 'Order Completed' }, groupBy: 'order_id' })).lines;
    expect(line).toMatchObject({
      event: { userId: 'ada', properties: { order_id: 'o-1', note: 'gift' } },
      violations: [{ code: 'lines-differ', field: 'note', reason: expect.stringContaining('line 3') }],
    });
    expect((line as unknown as { violations: { reason: string }[] }).violations[0]!.reason).not.toContain('bob');
  });

  test('may have blank lines between them', async () => {
    const lines = await linesOf(['o-1;ada;a;1', '', ';;;', 'o-1;ada;b;2', 'o-2;bob;c;1']);
    expect(lines).toMatchObject([
      { number: 2, event: order('o-1', 'ada', ['a', 1], ['b', 2]) },
      { number: 6, event: order('o-2', 'bob', ['c', 1]) },
    ]);
  });

  test.each([
    [
      'between them',
      ['o-1;ada;a;1', 'o-1;ada', 'o-1;ada;b;2', 'o-2;bob;c;1'],
      ['line-unreadable', 'csv-columns', 'o-2'],
    ],
    ['before them', ['o-1;ada', 'o-1;ada;b;2', 'o-2;bob;c;1'], ['line-unreadable', 'csv-columns', 'o-2']],
    ['behind them', ['o-1;ada;a;1', 'o-1;ada;b;2', '"o-1;ada;c;1'], ['line-unreadable', 'csv-quotes']],
    ['of another order', ['o-1;ada;a;1', 'o-2;bob', 'o-3;eve;c;1'], ['o-1', 'csv-columns', 'o-3']],
    ['that is a total line', ['o-1;ada;a;1', ';sum'], ['o-1', 'csv-columns']],
  ])('are rejected if one is unreadable, %s', async (_, rows, expected) => {
    const idOf = (event: unknown) => (event as { properties: { order_id: string } }).properties.order_id;
    const lines = await linesOf(rows);
    expect(lines.map((line) => ('event' in line ? idOf(line.event) : line.code))).toEqual(expected);
    expect(new Set(lines.map(({ number }) => number)).size).toBe(lines.length);
  });

  const people = 'order_id;userId;email;loyaltyCard;art';
  test.each([
    ['another', ['o-1;ada;;;a', 'o-1;bob;;;b'], [2, 3]],
    ['another customer with the same email', ['o-1;ada;a@x.it;;a', 'o-1;bob;a@x.it;;b'], [2, 3]],
    ['another identifier', ['o-1;;a@x.it;;a', 'o-1;;;9912345678;b'], [2, 3]],
    [
      'the same customer with more identifiers',
      ['o-1;ada;;;a', 'o-1;ada;a@x.it;;b', 'o-1;;a@x.it;;c', 'o-1;;b@x.it;;d'],
      [2, 5],
    ],
    ['nobody', ['o-1;ada;a@x.it;;a', 'o-1;;;;b'], [2]],
    ['an identifier after lines without one', ['o-1;;;;a', 'o-1;ada;;;b', 'o-1;bob;;;c'], [2, 4]],
  ])('whose later lines have %s form events that start at %j', async (_, rows, numbers) => {
    const columns = { art: 'products[].sku' };
    const { lines } = await readMapped([people, ...rows].join('\n'), { ...mapping, columns });
    expect(lines.map(({ number }) => number)).toEqual(numbers);
  });

  test('may be grouped by several fields: each store has an order 1', async () => {
    const file = ['store_id;order_id;userId;art', '1;1;ada;a', '2;1;ada;b', '2;1;ada;c'].join('\n');
    const columns = { art: 'products[].sku' };
    const { lines } = await readMapped(file, { ...mapping, columns, groupBy: '{store_id}/{order_id}' });
    expect(lines.map(({ number }) => number)).toEqual([2, 3]);
  });

  test('without a number are separate events', async () => {
    expect((await linesOf([';ada;a;1', ';ada;b;2'])).map(({ number }) => number)).toEqual([2, 3]);
  });

  test('are rejected together if their time is invalid', async () => {
    const file = ['order_id;timestamp;art', 'o-1;yesterday;a', 'o-1;;b'].join('\n');
    const columns = { art: 'products[].sku' };
    const { lines } = await readMapped(file, { ...mapping, columns, dayFormat: 'dd.MM.yyyy' });
    expect(lines).toEqual([
      {
        number: 2,
        code: 'timestamp-invalid',
        reason: expect.any(String),
        bytes: Buffer.from('o-1;yesterday;a\no-1;;b'),
      },
    ]);
  });

  test.each([
    [-1, true],
    [0, true],
    [1, false],
  ])('may be %d over the limit of an event: %j', async (more, isTaken) => {
    const count = mostLinesOfEvent + more;
    const rows = Array.from({ length: count }, (_, index) => `o-1;ada;a${index};1`);
    const lines = await linesOf([...rows, 'o-2;bob;c;1'], { piece: 5_000 });
    expect(lines.map(({ number }) => number)).toEqual([2, count + 2]);
    expect('event' in lines[0]!).toBe(isTaken);
    if (!isTaken)
      expect(lines[0]).toMatchObject({ code: 'event-too-long', reason: expect.stringContaining(`2 to ${count + 1}`) });
  });

  test.each([
    [-1, true],
    [0, true],
    [1, false],
  ])('may have %d bytes over the limit of a line: %j', async (more, isTaken) => {
    const half = longestLineBytes / 2;
    const row = (bytes: number) => `o-1;ada;${'x'.repeat(bytes - 'o-1;ada;;1'.length)};1`;
    const [line] = await linesOf([row(half), row(half + more)], { piece: 100_000 });
    expect('event' in line!).toBe(isTaken);
  });
});

describe('an upload that breaks off', () => {
  const rows = ['o-1;ada;a;1', 'o-1;ada;b;2', 'o-2;bob;c;1', 'o-3;eve;d;1', 'o-3;eve;e;1', 'o-3;eve;f;1'];

  test('is stored up to the end of an order, in batches that split no order', async () => {
    const { batches } = await readMapped([header, ...rows].join('\n'), mapping, { mostLines: 1 });
    expect(batches.map(({ lines }) => lines)).toEqual([1, 3, 4, 7]);
  });

  test('is resumed there, without duplicates', async () => {
    const file = [header, ...rows].join('\n');
    const whole = await readMapped(file, mapping, { mostLines: 1 });
    for (const stored of whole.batches)
      expect((await readMapped(file, mapping, { stored, piece: 3 })).lines).toEqual(
        whole.lines.filter(({ number }) => number > stored.lines),
      );
  });

  test('in the middle of an order stores nothing of that order', async () => {
    async function* breaking() {
      yield Buffer.from([header, ...rows.slice(0, 5)].join('\n') + '\n');
      throw new Error('gone');
    }
    const { batchesOf } = await import('../../../src/formats/files/batches.ts');
    const { csv } = await import('../../../src/formats/files/csv/csv.ts');
    const { plainMapping } = await import('../../../src/formats/files/mapping.ts');
    const seen: number[] = [];
    const reading = async () => {
      const stretch = { stored: { lines: 0, crc: 0 }, from: 1, mostLines: 500 };
      for await (const { until } of batchesOf(breaking(), csv({ ...plainMapping, ...mapping }), stretch))
        seen.push(until.lines);
    };
    await expect(reading()).rejects.toThrow('gone');
    expect(seen).toEqual([4]);
  });
});

test('each line is an item of its order, for any orders and any size of pieces', async () => {
  const orders = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      orders,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 3 }),
      async (sizes, piece, mostLines) => {
        const rows = sizes.flatMap((size, number) =>
          Array.from({ length: size }, (_, item) => `o-${number};ada;${number}-${item};1`),
        );
        const lines = await linesOf(rows, { piece, mostLines });
        expect(lines.map((line) => ('event' in line ? line.event : line.code))).toEqual(
          sizes.map((size, number) =>
            order(
              `o-${number}`,
              'ada',
              ...Array.from({ length: size }, (_, item): [string, number] => [`${number}-${item}`, 1]),
            ),
          ),
        );
      },
    ),
  );
});
