import { isObject } from './is-object.ts';
import { numberIn } from './number-in.ts';
import type { Properties } from './term.ts';
import type { Violation } from './violation.ts';

/** What each sign and word can mean, in ISO 4217. */
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
/** What stands around the digits of an amount. */
const besideDigits = /[^\d.,'’\s+\-−]+\.?/u;

/** The currencies that a sign, a word or a code can mean; undefined where it means none that is known. */
function currenciesOf(word: string): readonly string[] | undefined {
  const given = word.trim().toUpperCase();
  if (code.test(given)) return [given];
  return Object.hasOwn(meanings, given) ? meanings[given] : undefined;
}

/** The currencies that the text of an amount can be in; undefined where it names none that is known. */
export function currenciesIn(amount: string): readonly string[] | undefined {
  const word = besideDigits.exec(amount)?.[0];
  return word === undefined ? undefined : currenciesOf(word);
}

/** An amount that says its currency, where it stands. */
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

/** Whether there is nothing to read: a code, or nothing. */
export function isCurrencyCode(given: unknown): boolean {
  return given === undefined || (typeof given === 'string' && code.test(given));
}

/** The code of a currency that is written as a sign or a word. */
function currencyCode(given: unknown): unknown {
  if (typeof given !== 'string' || code.test(given)) return given;
  const currencies = currenciesOf(given);
  return currencies?.length === 1 ? currencies[0] : given;
}

/**
 * Amounts are in one currency: the one that is said, or else the one that they say themselves. Those in another are left out, which changes the holders,
 * and told.
 */
export function inOneCurrency(properties: Properties, amounts: readonly AmountInCurrency[]): InOneCurrency {
  const said = currencyCode(properties['currency']);
  const own = amounts.map(({ currencies }) => currencies).find((currencies) => currencies.length === 1)?.[0];
  const currency = typeof said === 'string' && said !== '' ? said : own;
  const others = currency === undefined ? [] : amounts.filter(({ currencies }) => !currencies.includes(currency));
  for (const { holder, field } of others) delete holder[field];
  return {
    properties:
      currency === undefined || currency === properties['currency'] ? properties : { ...properties, currency },
    violations: others.map(({ path }) => ({
      code: 'currency-differs',
      field: path,
      reason: `${path} is in another currency than the others, or than \`currency\` says: it is left out`,
    })),
  };
}

/** The amounts in texts that say their currency, at the places of the copy in which they are numbers by now. */
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
