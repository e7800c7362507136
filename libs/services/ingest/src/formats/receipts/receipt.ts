import { type TSchema, Type } from 'typebox';

/** Converters from XML write a list of one as an object. */
const Many = <T extends TSchema>(schema: T) => Type.Union([Type.Array(schema), schema]);
/** Not empty, without half a surrogate pair, and no number that JSON rounds: two receipts could have the same id. */
const Id = Type.Union([
  Type.String({ pattern: '^\\s*[^\\s\\p{Cs}]\\P{Cs}*$' }),
  Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }),
]);
const Label = Type.Union([Type.String(), Type.Number()]);
/** Tills write amounts as numbers or as texts. */
const Amount = Type.Union([Type.Number(), Type.String()], { description: 'Such as 41.5, "41.50" or "1.234,50".' });
const Flag = (description: string) => Type.Optional(Type.Union([Type.Boolean(), Type.String()], { description }));
const Instant = Type.Optional(Type.Union([Type.String(), Type.Number()]));
const Currency = Type.Optional(Type.String({ description: 'In ISO 4217. Amounts in another currency are ignored.' }));

const TransactionLink = Type.Optional(
  Many(
    Type.Object(
      {
        ReasonCode: Type.Optional(
          Type.String({
            description: '`Voided`: the other receipt is void. `Return`: the item was bought on that receipt.',
          }),
        ),
        BusinessUnit: Type.Optional(Many(Type.Object({ UnitID: Id }))),
        WorkstationID: Type.Optional(Id),
        SequenceNumber: Id,
        BusinessDayDate: Type.String(),
      },
      { description: 'Another receipt. Store and till may be omitted if they are the same.' },
    ),
  ),
);

const Item = Type.Object({
  ItemID: Type.Optional(Label),
  Description: Type.Optional(Label),
  Quantity: Type.Optional(Amount),
  ActualSalesUnitPrice: Type.Optional(Amount),
  ExtendedAmount: Type.Optional(Amount),
  RetailPriceModifier: Type.Optional(Many(Type.Object({ Amount }))),
  CurrencyCode: Currency,
  ItemLink: Type.Optional(
    Type.Union([...Label.anyOf], { description: 'In a void line: the number of the line that it voids.' }),
  ),
});
const Return = Type.Intersect([Item, Type.Object({ Reason: Type.Optional(Label), TransactionLink })]);
const LineItem = Type.Object({
  SequenceNumber: Type.Optional(Label),
  VoidFlag: Flag('The line is void, or voids the line that it links to. It does not count.'),
  Sale: Type.Optional(Item),
  Return: Type.Optional(Return),
  Tender: Type.Optional(Type.Object({ TenderType: Type.Optional(Label), Amount: Type.Optional(Amount) })),
  Discount: Type.Optional(Type.Object({ Amount })),
  Tax: Type.Optional(Type.Object({ Amount })),
});

/** A transaction of a till, in the format of the OMG's Digital Receipt API 1.0, which is that of ARTS POSLog. Other fields are ignored. */
export const Receipt = Type.Object(
  {
    BusinessUnit: Many(Type.Object({ UnitID: Id }, { description: 'The store.' })),
    WorkstationID: Type.Union([...Id.anyOf], { description: 'The till.' }),
    SequenceNumber: Type.Union([...Id.anyOf], {
      description: 'The number of the receipt, unique for its store, till and business day.',
    }),
    BusinessDayDate: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$', description: 'Such as 2026-11-20.' }),
    BeginDateTime: Instant,
    EndDateTime: Instant,
    OperatorID: Type.Optional(Label),
    CurrencyCode: Currency,
    CancelFlag: Flag('The receipt was cancelled: nothing was sold.'),
    TrainingModeFlag: Flag('The till was in training mode: nothing was sold.'),
    Note: Type.Optional(Type.String({ description: 'A note of the cashier about the customer.' })),
    RetailTransaction: Type.Object({
      TransactionStatus: Type.Optional(
        Type.String({
          description: 'Such as Finished. A voided, suspended, cancelled or unfinished transaction is no sale.',
        }),
      ),
      TransactionLink,
      LineItem: Type.Optional(Many(LineItem)),
      Total: Type.Optional(Many(Type.Object({ TotalType: Type.String(), Amount, CurrencyCode: Currency }))),
      Customer: Type.Optional(
        Type.Object({
          CustomerID: Type.Optional(Id),
          EMail: Type.Optional(Type.String()),
          Telephone: Type.Optional(Label),
        }),
      ),
      LoyaltyAccount: Type.Optional(Many(Type.Object({ LoyaltyAccountID: Id }))),
    }),
  },
  { $id: 'Receipt' },
);
