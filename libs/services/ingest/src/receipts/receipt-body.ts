import { Type } from 'typebox';
import { mostEventsOfBatch } from '../judge/limits.ts';
import { Receipt } from '../formats/receipts/receipt.ts';

const Wrapped = Type.Object({ Transaction: Receipt });

/** A receipt, with or without the envelopes of the Digital Receipt API. A body is one receipt or an array. */
const ReceiptAnyhow = Type.Union([Receipt, Wrapped, Type.Object({ DigitalReceipt: Wrapped })]);
export const ReceiptBody = Type.Union([ReceiptAnyhow, Type.Array(ReceiptAnyhow, { maxItems: mostEventsOfBatch })], {
  $id: 'ReceiptBody',
});

export const aReceipt = {
  BusinessUnit: [{ UnitID: 'city' }],
  WorkstationID: '3',
  SequenceNumber: 4711,
  BusinessDayDate: '2026-11-20',
  EndDateTime: '2026-11-20T10:00:00Z',
  CurrencyCode: 'EUR',
  RetailTransaction: {
    LineItem: [{ Sale: { ItemID: 'coat', Quantity: 1, ExtendedAmount: 120 } }, { Tender: { TenderType: 'Cash' } }],
    LoyaltyAccount: [{ LoyaltyAccountID: '77' }],
  },
};
