import { currenciesIn } from '@sestante/contracts';
import type { ReceiptNode } from '../receipt-node.ts';

/** Currencies with a larger smallest coin: a cash payment differs from the sum by at most half of it. */
const halfOfSmallestCoin: Readonly<Record<string, number>> = {
  SEK: 0.5,
  NOK: 0.5,
  DKK: 0.5,
  CZK: 0.5,
  ISK: 0.5,
  HUF: 2.5,
};
/** Tills round each line, and the sum to 5 Rappen or cents. */
const defaultRounding = 0.05;

/** The currency of a receipt. An amount in another currency is ignored, and is a violation. */
export class Money {
  constructor(private currency: string | undefined) {}

  get code(): string | undefined {
    return this.currency;
  }

  /** The maximum difference of a sum that is caused by rounding. */
  get rounding(): number {
    return halfOfSmallestCoin[this.currency?.toUpperCase() ?? ''] ?? defaultRounding;
  }

  /** An amount; undefined if it or one of its owners is in another currency. */
  in(part: ReceiptNode, ...owners: readonly ReceiptNode[]): number | undefined {
    const amount = part.amount();
    const given = [part, ...owners]
      .map((one) => one.firstOf('CurrencyCode', 'Currency'))
      .find(({ isMissing }) => !isMissing);
    if (amount === undefined) return amount;
    const currencies = currenciesOf(part, String(given?.label() ?? '').trim());
    if (!currencies) return amount;
    if (currencies.length === 1) this.currency ??= currencies[0]!;
    if (this.currency === undefined || currencies.includes(this.currency.toUpperCase())) return amount;
    const reason = `${part.path} is in another currency than the receipt: it was ignored`;
    part.faults.add({ code: 'currency-differs', field: part.path, reason });
    return undefined;
  }
}

/** The possible currencies of an amount, by its text or by the field next to it; undefined if there is none. */
function currenciesOf(part: ReceiptNode, beside: string): readonly string[] | undefined {
  if (beside !== '') return [beside.toUpperCase()];
  const { text } = part;
  return typeof text === 'string' ? currenciesIn(text) : undefined;
}

/** Money has at most four decimals. */
export const rounded = (amount: number) => Math.round(amount * 10_000) / 10_000;

/** Whether two amounts differ by at most `most`. */
export const isWithin = (most: number, one: number, other: number) => Math.abs(rounded(one - other)) <= rounded(most);
