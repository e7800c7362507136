import { isObject } from './is-object.ts';
import { numberIn } from './number-in.ts';
import type { Properties } from './term.ts';
import type { Violation } from './violation.ts';

/** The currencies that each symbol or word can mean, in ISO 4217. */
const meanings: Readonly<Record<string, readonly string[]>> = {
  '€': ['EUR'],
  EURO: ['EUR'],
  EUROS: ['EUR'],
  '£': ['GBP'],
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN', 'ARS', 'CLP', 'COP'],
  '¥': ['JPY', 'CNY'],
  '₺': ['TRY'],
  '₴': ['UAH'],
  '₽': ['RUB'],
  '₹': ['INR'],
  '₩': ['KRW'],
  '₪': ['ILS'],
  ZŁ: ['PLN'],
  KČ: ['CZK'],
  FT: ['HUF'],
  LEI: ['RON', 'MDL'],
  FR: ['CHF'],
  'FR.': ['CHF'],
  KR: ['SEK', 'NOK', 'DKK', 'ISK'],
  'KR.': ['SEK', 'NOK', 'DKK', 'ISK'],
};
const code = /^[A-Z]{3}$/;
/** The text around the digits of an amount. */
const besideDigits = /[^\d.,'’\s+\-−]+\.?/u;

/** The currencies that a symbol, a word or a code can mean; undefined if unknown. */
function currenciesOf(word: string): readonly string[] | undefined {
  const given = word.trim().toUpperCase();
  if (code.test(given)) return [given];
  return Object.hasOwn(meanings, given) ? meanings[given] : undefined;
}

/** The currencies that the text of an amount can mean; undefined if it contains no known currency. */
export function currenciesIn(amount: string): readonly string[] | undefined {
  const word = besideDigits.exec(amount)?.[0];
  return word === undefined ? undefined : currenciesOf(word);
}

/** An amount with its possible currencies and its path. */
export interface AmountInCurrency {
  readonly holder: Record<string, unknown>;
  readonly field: string;
  readonly path: string;
  readonly currencies: readonly string[];
}

export interface InOneCurrency {
  readonly properties: Properties;
  readonly violations: readonly Violation[];
}

/** Whether the value needs no conversion: a currency code, or undefined. */
export function isCurrencyCode(given: unknown): boolean {
  return given === undefined || (typeof given === 'string' && code.test(given));
}

/** The code of a currency that is written as a symbol or a word. */
function currencyCode(given: unknown): unknown {
  if (typeof given !== 'string' || code.test(given)) return given;
  const currencies = currenciesOf(given);
  return currencies?.length === 1 ? currencies[0] : given;
}

/**
 * Keeps the amounts of one currency: that of `currency`, or else of the first amount with an unambiguous currency. Deletes the other amounts from
 * their holders and reports them.
 */
export function inOneCurrency(properties: Properties, amounts: readonly AmountInCurrency[]): InOneCurrency {
  const declared = currencyCode(properties['currency']);
  const own = amounts.map(({ currencies }) => currencies).find((currencies) => currencies.length === 1)?.[0];
  const currency = typeof declared === 'string' && declared !== '' ? declared : own;
  const others = currency === undefined ? [] : amounts.filter(({ currencies }) => !currencies.includes(currency));
  for (const { holder, field } of others) delete holder[field];
  return {
    properties:
      currency === undefined || currency === properties['currency'] ? properties : { ...properties, currency },
    violations: others.map(({ path }) => ({
      code: 'currency-differs',
      field: path,
      reason: `${path} is in another currency than the other amounts or than \`currency\`: it is removed`,
    })),
  };
}

/** The amounts in strings with a currency, with their paths in the copy, in which they are already numbers. */
export function amountsIn(given: Properties, read: Properties): AmountInCurrency[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const isAmount = typeof value === 'string' && typeof read[name] === 'number' && numberIn(value) !== undefined;
    const currencies = isAmount ? currenciesIn(value) : undefined;
    if (currencies) return [{ holder: read as Record<string, unknown>, field: name, path: name, currencies }];
    if (!Array.isArray(value) || !Array.isArray(read[name])) return [];
    const items = read[name] as readonly unknown[];
    return value.flatMap((item, index) =>
      isObject(item) && isObject(items[index])
        ? amountsIn(item as Properties, items[index] as Properties).map((one) => ({
            ...one,
            path: `${name}[${index}].${one.path}`,
          }))
        : [],
    );
  });
}
