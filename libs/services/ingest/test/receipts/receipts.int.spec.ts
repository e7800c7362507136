import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Acknowledgement } from '../../src/accept/acknowledgement.ts';
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

test('a till sends a receipt or an array, each judged separately, and can send it again', async () => {
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

test('a receipt without a customer can be corrected from its stored body, and sent again', async () => {
  const { items } = (await (await ingest.get('/api/v1/rejected?code=identifier-missing')).json()) as {
    items: { body: string }[];
  };
  expect(JSON.parse(items[0]!.body)).toEqual(aReceipt(4, ''));
});

describe('a receipt that is sent again with its number', () => {
  const responseTo = async (body: unknown) => (await (await send(body)).json()) as Acknowledgement;

  test('is accepted when it is finished, although it was rejected while it was suspended', async () => {
    const suspended = { ...aReceipt(5), RetailTransaction: { LineItem: [], TransactionStatus: 'Suspended' } };
    expect((await responseTo(suspended)).rejected).toMatchObject([{ code: 'receipt-void' }]);
    expect(await responseTo(aReceipt(5))).toEqual({ success: true });
    expect(await ordersOf(3)).toContain('receipt/city/3/5/2026-11-20');
  });

  test('with another content is rejected and stored', async () => {
    const corrected = aReceipt(6);
    await send(corrected);
    corrected.RetailTransaction.LineItem[0]!.Sale.ExtendedAmount = 100;
    expect((await responseTo(corrected)).rejected).toMatchObject([{ code: 'id-reused' }]);
  });

  test('as void is a second activity', async () => {
    const { RetailTransaction } = aReceipt(6);
    const TransactionLink = { SequenceNumber: 6, BusinessDayDate: '2026-11-20', ReasonCode: 'Voided' };
    expect(await responseTo({ ...aReceipt(6), RetailTransaction: { ...RetailTransaction, TransactionLink } })).toEqual({
      success: true,
    });
    const activities = await ingest.until((all) => all.some(({ name }) => name === 'order.cancelled'));
    const cancelled = activities.find(({ name }) => name === 'order.cancelled')!;
    expect(cancelled.properties).toMatchObject({ order_id: 'city/3/6/2026-11-20' });
  });
});

test('fields that were removed from a receipt are in the response', async () => {
  const Sale = { ItemID: 'coat', ExtendedAmount: 'much', Quantity: [] };
  const odd = { ...aReceipt(7), RetailTransaction: { ...aReceipt(7).RetailTransaction, LineItem: [{ Sale }] } };
  expect(await (await send(odd)).json()).toEqual({
    success: true,
    incomplete: [
      {
        index: 0,
        messageId: 'receipt/city/3/7/2026-11-20',
        violations: ['ExtendedAmount', 'Quantity'].map((name) => ({
          code: 'field-invalid',
          field: `RetailTransaction.LineItem[0].Sale.${name}`,
          reason: expect.stringContaining('must be a number'),
        })),
      },
    ],
  });
});

test('a request without a body, JSON or a key, or with too many receipts, is rejected', async () => {
  const post = (body: string, headers = basic(writeKey)) => ingest.post('/api/v1/receipts', body, headers);
  expect(await problemOf(await post(''))).toMatchObject({ status: 400, code: 'receipt-missing' });
  expect(await problemOf(await post('{'))).toMatchObject({ status: 400, code: 'not-json' });
  expect(await problemOf(await post('[]', basic('nobody')))).toMatchObject({ status: 401, code: 'key-unknown' });
  const many = (count: number) => post(JSON.stringify(Array<number>(count).fill(1)));
  expect([(await many(4_999)).status, (await many(5_000)).status]).toEqual([200, 200]);
  expect(await problemOf(await many(5_001))).toMatchObject({ status: 413, code: 'batch-too-long' });
});
