import { mostViolations, type Violation } from '@sestante/contracts';
import { Ajv, type ErrorObject } from 'ajv';
import { type Static, Type } from 'typebox';
import { plainReceipt } from './plain-receipt.ts';

/** Not empty, with nothing in it that was no character, and no number that JSON has rounded: two receipts would become one. */
const Id = Type.Unsafe<string | number>({
  type: ['string', 'integer'],
  pattern: '^\\s*[^\\s\\p{Cs}\\ufffd][^\\p{Cs}\\ufffd]*$',
  minimum: Number.MIN_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
});
const Label = Type.Unsafe<string | number>({ type: ['string', 'number'] });
const Instant = Type.String();
const withAmount = Type.Object({ Amount: Type.Number() });

const Item = Type.Object({
  ItemID: Type.Optional(Label),
  Description: Type.Optional(Label),
  Quantity: Type.Optional(Type.Number()),
  ActualSalesUnitPrice: Type.Optional(Type.Number()),
  ExtendedAmount: Type.Optional(Type.Number()),
  Reason: Type.Optional(Label),
  RetailPriceModifier: Type.Optional(Type.Array(withAmount)),
});
const LineItem = Type.Object({
  SequenceNumber: Type.Optional(Label),
  VoidFlag: Type.Optional(
    Type.Boolean({ description: 'The line was taken back, or takes back the one that it links to: neither counts.' }),
  ),
  ItemLink: Type.Optional(Type.Array(Label, { description: 'The numbers of the lines that a void line takes back.' })),
  Sale: Type.Optional(Item),
  Return: Type.Optional(Item),
  Tender: Type.Optional(Type.Object({ TenderType: Type.Optional(Label), Amount: Type.Optional(Type.Number()) })),
  Discount: Type.Optional(withAmount),
  Tax: Type.Optional(withAmount),
});

/**
 * A transaction of a till, as the OMG's Digital Receipt API 1.0 has it, which is ARTS POSLog's. What is not named here is left out. Where it has a
 * list, one object may stand, and amounts may be texts.
 */
export const Receipt = Type.Object(
  {
    BusinessUnit: Type.Array(Type.Object({ UnitID: Id }, { description: 'The store.' }), { minItems: 1 }),
    WorkstationID: Type.Unsafe<string | number>({ ...Id, description: 'The till.' }),
    SequenceNumber: Type.Unsafe<string | number>({
      ...Id,
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
      LineItem: Type.Array(LineItem),
      Total: Type.Optional(Type.Array(Type.Object({ TotalType: Type.String(), Amount: Type.Number() }))),
      Customer: Type.Optional(
        Type.Object({
          CustomerID: Type.Optional(Id),
          EMail: Type.Optional(Type.String()),
          Telephone: Type.Optional(Label),
        }),
      ),
      LoyaltyAccount: Type.Optional(Type.Array(Type.Object({ LoyaltyAccountID: Id }))),
    }),
  },
  { $id: 'Receipt' },
);
export type Receipt = Static<typeof Receipt>;
export type LineItem = Static<typeof LineItem>;
export type Item = Static<typeof Item>;

/** A receipt without what is of another shape, and what that was. */
export interface ParsedReceipt {
  readonly receipt: Receipt;
  readonly violations: readonly Violation[];
  /** Whether an amount of a line was left out: its sums would be wrong. */
  readonly lacksAmounts: boolean;
}

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
const validate = ajv.compile<Receipt>(Receipt);

/** Without these nobody knows which receipt it is, or what it says at all. */
const needed =
  /^(\/(BusinessUnit(\/0(\/UnitID)?)?|WorkstationID|SequenceNumber|BusinessDayDate|RetailTransaction(\/LineItem)?))?$/;
const ofLines = /^\/RetailTransaction\/LineItem\/\d+/;

/** The receipt, with all that is wrong with it; or a sentence on why it cannot be used. */
export function parseReceipt(value: unknown): ParsedReceipt | string {
  const receipt = plainReceipt(value);
  if (validate(receipt)) return { receipt, violations: [], lacksAmounts: false };
  const errors = validate.errors!;
  const fatal = errors.filter(({ instancePath }) => needed.test(instancePath));
  if (fatal.length > 0) return [...new Set(fatal.map(sentenceOf))].join('; ');
  const places = new Set(errors.map(({ instancePath }) => instancePath));
  // It is a copy, as far down as anything is looked at.
  const pruned = receipt as object;
  for (const place of places) removeAt(pruned, place);
  return {
    receipt: pruned as Receipt,
    violations: [...new Map(errors.map((error) => [error.instancePath, violationOf(error)])).values()].slice(
      0,
      mostViolations,
    ),
    lacksAmounts: [...places].some((place) => ofLines.test(place)),
  };
}

function violationOf(error: ErrorObject): Violation {
  return { code: 'field-invalid', field: placeOf(error), reason: `receipt: ${sentenceOf(error)}` };
}

function sentenceOf(error: ErrorObject): string {
  return `${placeOf(error)} ${error.message}`;
}

/** `/RetailTransaction/LineItem/0/Sale` as people write it. */
function placeOf({ instancePath }: ErrorObject): string {
  return (
    instancePath
      .slice(1)
      .replaceAll(/\/(\d+)/g, '[$1]')
      .replaceAll('/', '.') || 'the receipt'
  );
}

/** What is in a list leaves an empty object there, so that the places of the others stay. */
function removeAt(root: object, place: string): void {
  const steps = place.split('/').slice(1);
  let outer: unknown = root;
  for (const step of steps.slice(0, -1)) outer = (outer as Record<string, unknown> | undefined)?.[step];
  if (typeof outer !== 'object' || outer === null) return;
  const last = steps.at(-1)!;
  if (Array.isArray(outer)) outer[Number(last)] = {};
  else delete (outer as Record<string, unknown>)[last];
}
