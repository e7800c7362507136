import { describe, expect, test } from '@jest/globals';
import { readMapped } from './files.ts';

const only = async (content: string, mapping: Parameters<typeof readMapped>[1] = {}) =>
  (await readMapped(content, mapping)).lines[0] as { event?: unknown; violations?: unknown; code?: string };
const refusalOf = (content: string, mapping: Parameters<typeof readMapped>[1]) =>
  readMapped(content, mapping).then(
    () => undefined,
    ({ code, message }: { code: string; message: string }) => ({ code, message }),
  );

describe('columns', () => {
  test('have the target fields of the mapping, or those of their names', async () => {
    const mapping = { columns: { Kunde: 'userId', Ort: 'traits.city', 'Geburtstag ': null, Belegnr: 'order_id' } };
    const file = 'event;Kunde;Ort;Geburtstag;Belegnr;Filiale\nOrder Completed;ada;Köln;1815;o-1;7';
    expect((await only(file, mapping)).event).toEqual({
      type: 'track',
      event: 'Order Completed',
      userId: 'ada',
      traits: { city: 'Köln' },
      properties: { order_id: 'o-1', Filiale: 7 },
    });
  });

  test('that are not in the mapping are ignored if it says so', async () => {
    const mapping = { columns: { Art: 'event', Kunde: 'userId' }, otherColumns: 'ignore' as const };
    expect((await only('Art;Kunde;PIN\nGift Wrapped;ada;1815', mapping)).event).toEqual({
      type: 'track',
      event: 'Gift Wrapped',
      userId: 'ada',
    });
  });

  test('that are ignored may be missing', async () => {
    expect((await only('event,userId\na.b,ada', { columns: { PIN: null } })).event).toMatchObject({ userId: 'ada' });
  });

  test('are found in both encodings of an umlaut', async () => {
    const mapping = { columns: { 'Gr\u00f6ße': 'properties.size' }, values: { event: 'Gift Wrapped' } };
    expect((await only('Gro\u0308ße\nXL', mapping)).event).toMatchObject({ properties: { size: 'XL' } });
  });

  test('are found by their names in any case and with any separators', async () => {
    const file = 'Event;User ID;E-Mail;Loyalty-Card;CHANNEL;Timestamp\na.b;ada;a@x.it;99;POS;2026-07-01';
    expect((await only(file)).event).toEqual({
      type: 'track',
      event: 'a.b',
      userId: 'ada',
      traits: { email: 'a@x.it', loyaltyCard: '99' },
      context: { channel: 'POS' },
      timestamp: '2026-07-01',
    });
  });

  test.each([
    ['date', 'date', ['2026-07-01'], '2026-07-01'],
    ['a date and a time of day', 'Date;Time', ['2026-07-01', '10:00'], '2026-07-01 10:00'],
    ['occurred_at', 'occurred_at', ['2026-07-01'], '2026-07-01'],
    [
      'a timestamp, which takes precedence over a date',
      'date;original_timestamp',
      ['2026-01-01', '2026-07-01'],
      '2026-07-01',
    ],
  ])('of the time may be %s', async (_, names, cells, timestamp) => {
    expect((await only(`event;userId;${names}\na.b;ada;${cells.join(';')}`)).event).toMatchObject({ timestamp });
  });

  test('of a date and a time of day form one time', async () => {
    const columns = { Datum: 'timestamp', Uhrzeit: 'timestamp' };
    const mapping = { columns, values: { event: 'a.b' }, dayFormat: 'yyyyMMdd HHmmss' };
    expect((await only('Datum;userId;Uhrzeit\n20260701;ada;103000', mapping)).event).toMatchObject({
      timestamp: '2026-07-01T10:30:00',
    });
  });

  test('of one name are distinguished by a number', async () => {
    const columns = { Betrag: 'total', Betrag_2: 'currency', Text: null };
    const mapping = { columns, values: { event: 'a.b' } };
    expect((await only('Betrag;Betrag;Text;Text\n1;EUR;a;b', mapping)).event).toMatchObject({
      properties: { total: 1, currency: 'EUR' },
    });
  });

  test.each([
    ['12,00 CHF', 'EUR', undefined, 'EUR', ['currency-differs']],
    ['12,00 €', 'EUR', 12, 'EUR', undefined],
    ['€ 12,00', undefined, 12, 'EUR', undefined],
    ['12,00 kr', 'SEK', 12, 'SEK', undefined],
    ['12,00 kr', 'EUR', undefined, 'EUR', ['currency-differs']],
    ['12,00 kr', undefined, 12, undefined, undefined],
  ])('contain %s in an order in %s', async (cell, given, revenue, currency, codes) => {
    const values = { event: 'Order Completed', ...(given && { currency: given }) };
    const { event, violations } = await only(`order_id;revenue\no-1;${cell}`, { values, decimal: ',' });
    expect((event as { properties: object }).properties).toEqual(
      JSON.parse(JSON.stringify({ order_id: 'o-1', revenue, currency })),
    );
    expect((violations as { code: string }[] | undefined)?.map(({ code }) => code)).toEqual(codes);
  });

  test('without names at the end may have more or fewer empty cells', async () => {
    const file = 'event;userId;;\na.b;ada\na.b;bob;;;;\na.b\n';
    const { lines } = await readMapped(file, {});
    expect(lines.map((line) => ('event' in line ? line.event : line.code))).toMatchObject([
      { userId: 'ada' },
      { userId: 'bob' },
      'csv-columns',
    ]);
  });

  test.each([
    ['="007"', '007'],
    ['"=""007"""', '007'],
    ["'0012 34", '0012 34'],
    ["'s-Hertogenbosch", "'s-Hertogenbosch"],
    ['=1+1', '=1+1'],
  ])('with Excel’s guard %s contain %s', async (cell, userId) => {
    expect((await only(`event;userId\na.b;${cell}`)).event).toMatchObject({ userId });
  });

  test.each([
    ['Excel’s line of the separator', 'sep=;\nevent;userId,2\na.b;ada', {}, 3, { 'userId,2': 'ada' }],
    ['lines of a title', 'Orders\n"of; 2026"\nevent;Name\na.b;ada', { skipLines: 2 }, 4, { Name: 'ada' }],
  ])('may be below %s', async (_, file, mapping, number, properties) => {
    for (const piece of [Infinity, 1, 7]) {
      const [line] = (await readMapped(file, mapping, { piece })).lines;
      expect(line).toMatchObject({ number, event: { event: 'a.b', properties } });
    }
  });

  test('of a list form a list of one item', async () => {
    const mapping = {
      columns: { Artikel: 'products[].sku', Menge: 'products[].quantity' },
      values: { event: 'Order Completed' },
    };
    expect((await only('Artikel;Menge;order_id\n007;2;o-1', mapping)).event).toMatchObject({
      properties: { order_id: 'o-1', products: [{ sku: '007', quantity: 2 }] },
    });
    expect((await only('Artikel;Menge;order_id\n;;o-1', mapping)).event).toMatchObject({
      properties: { order_id: 'o-1' },
    });
  });

  test.each<[string, string, object, string]>([
    ['that the file does not have', 'event,a', { columns: { b: 'userId' } }, 'the column "b"'],
    [
      'with the same target field',
      'event,a,userId',
      { columns: { a: 'userId' } },
      'columns 2 and 3 have the same target field',
    ],
    [
      'with the target field of a fixed value',
      'event,a',
      { values: { event: 'Order Completed' } },
      'column 1 and the fixed value of event',
    ],
    [
      'with a list and a value of one name',
      'event,products,a',
      { columns: { a: 'products[].sku' } },
      'columns 2 and 3 have the same target field',
    ],
    ['that are missing for a group', 'event,a', { groupBy: 'order_id' }, 'needs a column for order_id'],
    ['that are missing for an id', 'event,a', { messageId: 'erp-{order_id}' }, 'needs a column for order_id'],
    ['without the activity', 'a,b', { columns: { a: 'userId' } }, 'a column `event` or `type` is required'],
  ])('%s are rejected', async (_, header, mapping, reason) => {
    const refusal = await refusalOf(`${header}\nada,bob,eve`, mapping);
    expect(refusal).toMatchObject({ code: 'header-invalid', message: expect.stringContaining(reason) });
    expect(refusal!.message).not.toContain('ada');
  });

  test('may be separated by bars', async () => {
    expect((await only('event|userId\na.b|"a|da"')).event).toMatchObject({ userId: 'a|da' });
    expect(
      (await only('event,x|userId\na.b|ada', { columns: { 'event,x': 'event' }, separator: '|' })).event,
    ).toMatchObject({ userId: 'ada' });
  });
});

describe('a fixed value', () => {
  test('is in every event', async () => {
    const mapping = {
      values: { event: 'Order Completed', 'context.channel': 'store', store_id: 7, 'traits.isMember': true },
    };
    expect((await only('userId\nada', mapping)).event).toEqual({
      type: 'track',
      event: 'Order Completed',
      userId: 'ada',
      context: { channel: 'store' },
      properties: { store_id: 7 },
      traits: { isMember: true },
    });
  });
});

describe('a message id', () => {
  const mapping = { values: { event: 'Order Completed' }, messageId: 'erp-{shop}-{properties.order_id}' };

  test('is built from the fields of the line', async () => {
    expect((await only('shop,order_id\n7, o-1 ', mapping)).event).toMatchObject({ messageId: 'erp-7-o-1' });
  });

  test('is not built if a field is empty, as all such lines would be one event', async () => {
    expect((await only('shop,order_id\n7,', mapping)).event).not.toHaveProperty('messageId');
  });
});

describe('a number', () => {
  const values = { event: 'Order Completed' };

  test('that is ambiguous is ignored with a violation, without a decimal mark in the mapping', async () => {
    const line = await only('order_id;revenue;total;shipping\no-1;1.234;12.000;999,90', { values });
    expect(line.event).toMatchObject({ properties: { order_id: 'o-1', shipping: 999.9 } });
    expect(line.violations).toMatchObject([
      { code: 'number-unclear', field: 'revenue', given: '1.234', reason: expect.not.stringContaining('1.234') },
      { code: 'number-unclear', field: 'total', given: '12.000' },
    ]);
  });

  test.each([['orderTotal'], ['Order Total'], ['grand_total']])('under another spelling, %s, too', async (name) => {
    expect((await only(`order_id;${name}\no-1;1.234`, { values })).violations).toMatchObject([
      { code: 'number-unclear' },
    ]);
  });

  test('is read with the given decimal mark', async () => {
    const line = await only('order_id;revenue;total;margin\no-1;1.234;12.000,50 €;1.234,5', { values, decimal: ',' });
    expect(line).toMatchObject({ event: { properties: { revenue: 1234, total: 12_000.5, margin: 1234.5 } } });
    expect(line).not.toHaveProperty('violations');
  });

  test('with points as thousands separator has a decimal comma', async () => {
    expect(await only('order_id;revenue\no-1;1.234', { values, thousands: '.' })).toMatchObject({
      event: { properties: { revenue: 1234 } },
    });
  });

  test('in an item of a list is reported with its path', async () => {
    const columns = { preis: 'products[].price' };
    expect((await only('order_id;preis\no-1;1.234', { values, columns })).violations).toMatchObject([
      { code: 'number-unclear', field: 'products[0].price' },
    ]);
  });

  test.each([
    ['Gift Wrapped', 'build', '1.234'],
    ['Gift Wrapped', 'sku', '1.234'],
    ['Order Completed', 'traits.loyaltyCard', '1.234'],
    ['Order Completed', 'traits.phone', '12.345'],
  ])('of %s in the field %s of another type stays a text: %j', async (event, name, cell) => {
    const { event: read } = (await only(`userId;${name}\nada;${cell}`, { values: { event } })) as {
      event: Record<string, object>;
    };
    expect(Object.values(read[name.startsWith('traits') ? 'traits' : 'properties']!)).toEqual([cell]);
  });

  test('that is an identifier stays a text, with any decimal mark', async () => {
    expect(await only('userId;phone;loyaltyCard\n1.234;39.333;4.006', { values, decimal: ',' })).toMatchObject({
      event: { userId: '1.234', traits: { phone: '39.333', loyaltyCard: '4.006' } },
    });
  });
});

describe('a date', () => {
  const values = { event: 'Delivery Promised' };

  test('is read in the format of the mapping, if a date is expected', async () => {
    const file = 'order_id;promised_for;timestamp;note\no-1;24.12.2024;01.12.2024 10:30;24.12.2024';
    expect((await only(file, { values, dayFormat: 'dd.MM.yyyy' })).event).toMatchObject({
      timestamp: '2024-12-01T10:30:00',
      properties: { promised_for: '2024-12-24', note: '24.12.2024' },
    });
  });

  test('that does not match is ignored with a violation; as the time of the event, it is rejected', async () => {
    const mapping = { values, dayFormat: 'dd.MM.yyyy' };
    expect(await only('order_id;promised_for\no-1;12/24/2024', mapping)).toMatchObject({
      event: { properties: { order_id: 'o-1' } },
      violations: [{ code: 'field-invalid', field: 'promised_for' }],
    });
    expect(await only('order_id;timestamp\no-1;12/24/2024', mapping)).toMatchObject({ code: 'timestamp-invalid' });
    expect(await only('order_id;timestamp\no-1;', mapping)).toMatchObject({
      event: { properties: { order_id: 'o-1' } },
    });
  });

  test('in ISO 8601 is unchanged without a format', async () => {
    expect((await only('timestamp\n2024-12-01T10:30', { values })).event).toMatchObject({
      timestamp: '2024-12-01T10:30',
    });
  });
});
