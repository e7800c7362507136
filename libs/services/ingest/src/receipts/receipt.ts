import { Ajv } from 'ajv';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';

/** Tills that write XML turn a list of one into an object. */
const Many = <T extends TSchema>(schema: T) => Type.Union([Type.Array(schema), schema]);
/** Not empty, no half of a surrogate pair, and no number that JSON has rounded: two receipts would become one. */
const Id = Type.Union([
  Type.String({ pattern: '^\\s*[^\\s\\p{Cs}]\\P{Cs}*$' }),
  Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }),
]);
const Label = Type.Union([Type.String(), Type.Number()]);
/** Tills write amounts as numbers or as texts. */
const Amount = Type.Union([Type.Number(), Type.String({ pattern: '^-?\\d+(\\.\\d+)?$' })]);
const Instant = Type.String();

const Item = Type.Object({
  ItemID: Type.Optional(Label),
  Description: Type.Optional(Label),
  Quantity: Type.Optional(Amount),
  ActualSalesUnitPrice: Type.Optional(Amount),
  ExtendedAmount: Type.Optional(Amount),
  RetailPriceModifier: Type.Optional(Many(Type.Object({ Amount }))),
});
const Return = Type.Intersect([Item, Type.Object({ Reason: Type.Optional(Label) })]);
const LineItem = Type.Object({
  VoidFlag: Type.Optional(Type.Boolean({ description: 'The line was taken back: it does not count.' })),
  Sale: Type.Optional(Item),
  Return: Type.Optional(Return),
  Tender: Type.Optional(Type.Object({ TenderType: Type.Optional(Label), Amount: Type.Optional(Amount) })),
  Discount: Type.Optional(Type.Object({ Amount })),
  Tax: Type.Optional(Type.Object({ Amount })),
});

/** A transaction of a till, as the OMG's Digital Receipt API 1.0 has it, which is ARTS POSLog's. What is not named here is left out. */
export const Receipt = Type.Object(
  {
    BusinessUnit: Many(Type.Object({ UnitID: Id }, { description: 'The store.' })),
    WorkstationID: Type.Union([...Id.anyOf], { description: 'The till.' }),
    SequenceNumber: Type.Union([...Id.anyOf], {
      description: 'The number of the receipt: unique in its store, on its till, on its business day.',
    }),
    BusinessDayDate: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$', description: 'Such as 2026-11-20.' }),
    BeginDateTime: Type.Optional(Instant),
    EndDateTime: Type.Optional(Instant),
    OperatorID: Type.Optional(Id),
    CurrencyCode: Type.Optional(Type.String()),
    CancelFlag: Type.Optional(Type.Boolean({ description: 'It was cancelled: nothing was sold.' })),
    TrainingModeFlag: Type.Optional(Type.Boolean({ description: 'Somebody was learning: nothing was sold.' })),
    Note: Type.Optional(Type.String({ description: 'What the cashier wrote down about the customer.' })),
    RetailTransaction: Type.Object({
      TransactionStatus: Type.Optional(
        Type.String({
          description: 'Such as Finished. What is voided, suspended, cancelled or still in process is no sale.',
        }),
      ),
      LineItem: Many(LineItem),
      Total: Type.Optional(Many(Type.Object({ TotalType: Type.String(), Amount }))),
      Customer: Type.Optional(
        Type.Object({
          CustomerID: Type.Optional(Id),
          EMail: Type.Optional(Type.String()),
          Telephone: Type.Optional(Type.String()),
        }),
      ),
      LoyaltyAccount: Type.Optional(Many(Type.Object({ LoyaltyAccountID: Id }))),
    }),
  },
  { $id: 'Receipt' },
);
export type Receipt = Static<typeof Receipt>;
export type LineItem = Static<typeof LineItem>;
export type Item = Static<typeof Item>;

const ajv = new Ajv();
const validate = ajv.compile<Receipt>(Receipt);

/** The receipt, alone or in the envelopes that the API has around it; or a sentence on why its shape cannot be used. */
export function parseReceipt(value: unknown): Receipt | string {
  const receipt = unwrapped(value);
  if (validate(receipt)) return receipt;
  const deepest = validate.errors!.toSorted((a, b) => b.instancePath.length - a.instancePath.length)[0]!;
  const place = deepest.instancePath.slice(1).replaceAll('/', '.') || 'the receipt';
  return `${place} ${deepest.message}`;
}

/** What a receipt says of that which is read, whatever its shape. */
export function knownPartsOf(value: unknown): unknown {
  return Value.Clean(Receipt, structuredClone(unwrapped(value)));
}

/** `{ DigitalReceipt: { Transaction: … } }`, `{ Transaction: … }`, or the transaction itself. */
function unwrapped(value: unknown): unknown {
  const { DigitalReceipt } = (value ?? {}) as { DigitalReceipt?: unknown };
  const { Transaction } = (DigitalReceipt ?? value ?? {}) as { Transaction?: unknown };
  return Transaction ?? value;
}
