import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { basic, type Ingest, problemOf, startIngest, writeKey } from '../driver.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

const aReceipt = (number: number, card: string | undefined = '77') => ({
  BusinessUnit: [{ UnitID: 'city' }],
  WorkstationID: '3',
  SequenceNumber: number,
  BusinessDayDate: '2026-11-20',
  EndDateTime: '2026-11-20T10:00:00Z',
  RetailTransaction: {
    LineItem: [{ Sale: { ItemID: 'coat', ExtendedAmount: 120 } }],
    ...(card && { LoyaltyAccount: [{ LoyaltyAccountID: card }] }),
  },
});
const send = (body: unknown) => ingest.post('/api/v1/receipts', JSON.stringify(body));
const ordersOf = async (count: number) =>
  (await ingest.until((all) => all.length >= count)).map(({ messageId }) => messageId);

test('a till sends a receipt, or an array, each judged by itself, and again without harm', async () => {
  expect(await (await send(aReceipt(1))).json()).toEqual({ success: true });
  const answer = await (
    await send([aReceipt(1), aReceipt(2), { ...aReceipt(3), WorkstationID: undefined }, aReceipt(4, '')])
  ).json();
  expect(answer).toEqual({
    success: true,
    rejected: [
      { index: 2, code: 'receipt-invalid', reason: expect.stringContaining('WorkstationID') },
      { index: 3, messageId: 'receipt/city/3/4/2026-11-20', code: 'identifier-missing', reason: expect.any(String) },
    ],
  });
  expect(await ordersOf(2)).toEqual(['receipt/city/3/1/2026-11-20', 'receipt/city/3/2/2026-11-20']);
});

test('a receipt whose customer is found out later can be driven again from what was kept', async () => {
  const { items } = (await (await ingest.get('/api/v1/rejected?code=identifier-missing')).json()) as {
    items: { body: string }[];
  };
  expect(JSON.parse(items[0]!.body)).toEqual(aReceipt(4, ''));
});

test('what is no body, no JSON, too many or without a key is refused', async () => {
  const post = (body: string, headers = basic(writeKey)) => ingest.post('/api/v1/receipts', body, headers);
  expect(await problemOf(await post(''))).toMatchObject({ status: 400, code: 'receipt-missing' });
  expect(await problemOf(await post('{'))).toMatchObject({ status: 400, code: 'not-json' });
  expect(await problemOf(await post('[]', basic('nobody')))).toMatchObject({ status: 401, code: 'key-unknown' });
  const many = (count: number) => post(JSON.stringify(Array<number>(count).fill(1)));
  expect([(await many(4_999)).status, (await many(5_000)).status]).toEqual([200, 200]);
  expect(await problemOf(await many(5_001))).toMatchObject({ status: 413, code: 'batch-too-long' });
});
