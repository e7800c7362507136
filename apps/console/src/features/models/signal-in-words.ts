import type { TFunction } from 'i18next';
import type { RuleOfActivity } from './model-queries.ts';

type Signal = RuleOfActivity['signals'][number];
const neutral = 0.5;

/** “Trust: bad (0.1), counts 2”. Where the numbers are read from properties, their names. */
export function signalInWords(t: TFunction<'models'>, language: string, { element, weight, valence }: Signal): string {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const number = (value: unknown) =>
    typeof value === 'number' ? format.format(value) : t('read-from', { property: propertyOf(value) });
  const how =
    typeof valence !== 'number' ? number(valence) : `${t(`valence.${kindOf(valence)}`)} (${format.format(valence)})`;
  return t('signal', { element: t(`element.${element}`), how, weight: number(weight) });
}

const kindOf = (valence: number) => (valence > neutral ? 'good' : valence < neutral ? 'bad' : 'neutral');

function propertyOf(value: unknown): string {
  const { property } = (value ?? {}) as { readonly property?: string };
  return property ?? '…';
}
