import { currenciesIn } from '@sestante/contracts';
import type { Part } from '../part.ts';

/** Where the smallest coin is worth more: what is paid in cash differs from what was sold by half of it at most. */
const halfOfSmallestCoin: Readonly<Record<string, number>> = {
  SEK: 0.5,
  NOK: 0.5,
  DKK: 0.5,
  CZK: 0.5,
  ISK: 0.5,
  HUF: 2.5,
};
/** Tills round each line, and the sum to 5 Rappen or cents. */
const usual = 0.05;

/** The one currency of a receipt: amounts in another are told and not added. */
export class Money {
  constructor(private currency: string | undefined) {}

  get code(): string | undefined {
    return this.currency;
  }

  /** By how much a sum may differ because it was rounded. */
  get rounding(): number {
    return halfOfSmallestCoin[this.currency?.toUpperCase() ?? ''] ?? usual;
  }

  /** An amount, unless it is in another currency, as it says itself or what it belongs to. */
  in(part: Part, ...owners: readonly Part[]): number | undefined {
    const amount = part.amount();
    const said = [part, ...owners]
      .map((one) => one.firstOf('CurrencyCode', 'Currency'))
      .find(({ isMissing }) => !isMissing);
    if (amount === undefined) return amount;
    const currencies = currenciesSaid(part, String(said?.label() ?? '').trim());
    if (!currencies) return amount;
    if (currencies.length === 1) this.currency ??= currencies[0]!;
    if (this.currency === undefined || currencies.includes(this.currency.toUpperCase())) return amount;
    const reason = `${part.path} is in another currency than the receipt: it is not added`;
    part.faults.add({ code: 'currency-differs', field: part.path, reason });
    return undefined;
  }
}

/** Those in which an amount can be, in its own text or beside it; undefined where none is said. */
function currenciesSaid(part: Part, beside: string): readonly string[] | undefined {
  if (beside !== '') return [beside.toUpperCase()];
  const { text } = part;
  return typeof text === 'string' ? currenciesIn(text) : undefined;
}

/** Money has at most four digits after the point. */
export const rounded = (amount: number) => Math.round(amount * 10_000) / 10_000;

/** Whether two amounts are the same but for so much. */
export const isWithin = (most: number, one: number, other: number) => Math.abs(rounded(one - other)) <= rounded(most);
