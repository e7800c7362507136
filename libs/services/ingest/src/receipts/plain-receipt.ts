import { numberIn, truthIn } from '@sestante/contracts';

type Fields = Readonly<Record<string, unknown>>;

const lists = new Set(['BusinessUnit', 'LineItem', 'Total', 'LoyaltyAccount', 'RetailPriceModifier', 'ItemLink']);
const amounts = new Set(['Quantity', 'ActualSalesUnitPrice', 'ExtendedAmount', 'Amount']);
const flags = new Set(['VoidFlag', 'CancelFlag', 'TrainingModeFlag']);
/** As deep as a receipt goes. */
const deepest = 8;

/** The receipt as its schema has it: alone, and not in the envelopes of the API; lists where a till that writes XML has one; numbers and truths for texts. */
export function plainReceipt(value: unknown): unknown {
  return plain(unwrapped(value), 1);
}

function plain(value: unknown, level: number): unknown {
  if (!isFields(value) || level > deepest) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainMember(name, inner, level)]));
}

function plainMember(name: string, value: unknown, level: number): unknown {
  if (lists.has(name) && value !== undefined && value !== null)
    return (Array.isArray(value) ? (value as unknown[]) : [value]).map((item) => plain(item, level + 1));
  if (amounts.has(name) && typeof value === 'string') return numberIn(value) ?? value;
  return flags.has(name) ? truthIn(value) : plain(value, level + 1);
}

/** `{ DigitalReceipt: { Transaction: … } }`, `{ Transaction: … }`, or the transaction itself. */
function unwrapped(value: unknown): unknown {
  const { DigitalReceipt } = (value ?? {}) as { DigitalReceipt?: unknown };
  const { Transaction } = (DigitalReceipt ?? value ?? {}) as { Transaction?: unknown };
  return Transaction ?? value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
