import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** How numbers and instants are written in a language. Times are in the zone of the reader. */
export interface Formats {
  /** A score with one decimal. */
  score(value: number): string;
  /** A difference of scores, with its sign. */
  change(value: number): string;
  /** A number of people or things. */
  count(value: number): string;
  /** A share 0..1 as a percentage. */
  share(value: number): string;
  /** A small number with up to two decimals, such as a weight or a rate. */
  small(value: number): string;
  instant(at: string | Date): string;
  day(at: string | Date): string;
}

export function formatsOf(language: string): Formats {
  const score = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const change = new Intl.NumberFormat(language, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  const count = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const small = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const instant = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  return {
    score: (value) => score.format(value),
    // A true minus sign is as wide as the plus.
    change: (value) => change.format(value).replace('-', '−'),
    count: (value) => count.format(value),
    share: (value) => share.format(value),
    small: (value) => small.format(value),
    instant: (at) => instant.format(new Date(at)),
    day: (at) => day.format(new Date(at)),
  };
}

/** The formats of the chosen language. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  return useMemo(() => formatsOf(i18n.language), [i18n.language]);
}
