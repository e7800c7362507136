import { type TSchema, Type } from 'typebox';

/** Tills that write XML turn a list of one into an object. */
const Many = <T extends TSchema>(schema: T) => Type.Union([Type.Array(schema), schema]);
/** Not empty, no half of a surrogate pair, and no number that JSON has rounded: two receipts would become one. */
const Id = Type.Union([
  Type.String({ pattern: '^\\s*[^\\s\\p{Cs}]\\P{Cs}*$' }),
  Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }),
]);
const Label = Type.Union([Type.String(), Type.Number()]);
/** Tills write amounts as numbers or as texts. */
const Amount = Type.Union([Type.Number(), Type.String()], { description: 'Such as 41.5, "41.50" or "1.234,50".' });
const Flag = (description: string) => Type.Optional(Type.Union([Type.Boolean(), Type.String()], { description }));
const Instant = Type.Optional(Type.Union([Type.String(), Type.Number()]));
const Currency = Type.Optional(Type.String({ description: 'In ISO 4217. Amounts in another one are not added.' }));

const TransactionLink = Type.Optional(
  Many(
    Type.Object(
      {
        ReasonCode: Type.Optional(
          Type.String({ description: '`Voided`: the other receipt is void. `Return`: it was bought on that one.' }),
        ),
        BusinessUnit: Type.Optional(Many(Type.Object({ UnitID: Id }))),
        WorkstationID: Type.Optional(Id),
        SequenceNumber: Id,
        BusinessDayDate: Type.String(),
      },
      { description: 'Another receipt; of the same store and till where it names none.' },
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
    Type.Union([...Label.anyOf], { description: 'In a void line: the number of the line that it takes back.' }),
  ),
});
const Return = Type.Intersect([Item, Type.Object({ Reason: Type.Optional(Label), TransactionLink })]);
const LineItem = Type.Object({
  SequenceNumber: Type.Optional(Label),
  VoidFlag: Flag('The line was taken back, or takes back the one that it links to: it does not count.'),
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
    BeginDateTime: Instant,
    EndDateTime: Instant,
    OperatorID: Type.Optional(Label),
    CurrencyCode: Currency,
    CancelFlag: Flag('It was cancelled: nothing was sold.'),
    TrainingModeFlag: Flag('Somebody was learning: nothing was sold.'),
    Note: Type.Optional(Type.String({ description: 'What the cashier wrote down about the customer.' })),
    RetailTransaction: Type.Object({
      TransactionStatus: Type.Optional(
        Type.String({
          description: 'Such as Finished. What is voided, suspended, cancelled or still in process is no sale.',
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
