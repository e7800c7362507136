import { startsWithValidDate } from '@sestante/contracts';

/** Reads a day, or a day with a time, as ISO 8601 without a time zone, or with the one that it says; undefined where it is not written so. */
export type ReadDay = (cell: string) => string | undefined;

const parts: Readonly<Record<string, string>> = {
  yyyy: String.raw`(?<y>\d{4})`,
  yy: String.raw`(?<yy>\d{2})`,
  MM: String.raw`(?<M>\d{2})`,
  M: String.raw`(?<M>\d{1,2})`,
  MMM: String.raw`(?<MMM>[A-Za-z]{3})`,
  dd: String.raw`(?<d>\d{2})`,
  d: String.raw`(?<d>\d{1,2})`,
  HH: String.raw`(?<H>\d{2})`,
  H: String.raw`(?<H>\d{1,2})`,
  hh: String.raw`(?<h>\d{2})`,
  h: String.raw`(?<h>\d{1,2})`,
  mm: String.raw`(?<m>\d{2})`,
  ss: String.raw`(?<s>\d{2})`,
  SSS: String.raw`(?<S>\d{3})`,
  SSSSSS: String.raw`(?<S>\d{6})`,
  a: String.raw`(?<a>[AaPp]\.?[Mm]\.?)`,
};
const token = /([A-Za-z])\1*|[^A-Za-z]+/g;
const timeBehind = String.raw`(?:(?:[T ]|, ?)(?<H>\d{1,2}):(?<m>\d{2})(?::(?<s>\d{2})(?:[.,](?<S>\d{1,9}))?)?)?`;
const zoneBehind = String.raw`(?: ?(?<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?`;
/** So long may a format be. */
export const longestDayFormat = 40;

/**
 * How to read days in a format such as `dd.MM.yyyy HH:mm`: `yyyy` `yy` `MM` `M` `MMM` (`Dec`) `dd` `d` `HH` `H` `hh` `h` `a` `mm` `ss` `SSS` `SSSSSS`, and what
 * stands between them. Behind a format without a time, a time may stand in hours, minutes and seconds. A sentence where there is no such format.
 */
export function dayFormat(format: string): ReadDay | string {
  if (format.length > longestDayFormat) return `must have ${longestDayFormat} characters at most`;
  const tokens = [...format.matchAll(token)].map(([text]) => text);
  const unknown = tokens.find((text) => /[A-Za-z]/.test(text) && text !== 'T' && !Object.hasOwn(parts, text));
  if (unknown !== undefined) return `must be made of ${Object.keys(parts).join(' ')}: ${unknown} is none of them`;
  const has = (letter: string) => tokens.filter((text) => text.startsWith(letter)).length;
  if (['y', 'M', 'd'].some((letter) => has(letter) !== 1)) return 'must have one year, one month and one day';
  if (['H', 'h', 'm', 's', 'S', 'a'].some((letter) => has(letter) > 1)) return 'has a part of the time twice';
  const isHalfDay = has('h') === 1 && has('a') === 1;
  if (has('h') !== has('a') || (has('h') && has('H'))) return 'must have hh with a, or HH without it';
  const hasTime = has('H') === 1 || isHalfDay;
  if (hasTime ? has('m') !== 1 || (has('S') && !has('s')) : has('m') + has('s') + has('S') > 0)
    return 'must have hours with minutes, and milliseconds with seconds';
  const pattern = tokens.map((text, index) => patternOf(text, isLoose(tokens, index))).join('');
  const whole = new RegExp(`^${pattern}${hasTime ? '' : timeBehind}${zoneBehind}$`);
  return (cell) => isoOf(whole.exec(cell.trim())?.groups);
}

/** Where no digits stand beside it, a day below ten may be written with or without a zero. */
function isLoose(tokens: readonly string[], index: number): boolean {
  const isNumber = (text: string | undefined) => text !== undefined && /^[yMdHhmsS]/.test(text);
  return !isNumber(tokens[index - 1]) && !isNumber(tokens[index + 1]);
}

function patternOf(text: string, isLoose: boolean): string {
  const part = Object.hasOwn(parts, text) ? parts[text]! : undefined;
  if (part === undefined) return text === 'T' ? text : text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
  return isLoose && /^(MM|dd|HH|hh)$/.test(text) ? part.replace('{2}', '{1,2}') : part;
}

type Found = Readonly<Record<string, string | undefined>> | undefined;

function isoOf(found: Found): string | undefined {
  if (!found) return undefined;
  const { y, yy, MMM, d, m, s, S, zone = '' } = found;
  const M = MMM === undefined ? found['M'] : String(months.indexOf(MMM.toLowerCase()) + 1);
  const year = y ?? (Number(yy) < 70 ? `20${yy}` : `19${yy}`);
  const day = [year, two(M), two(d)].join('-');
  if (!startsWithValidDate(day)) return undefined;
  const hour = hourOf(found);
  if (hour === undefined) return zone === '' ? day : undefined;
  if (hour > 23 || Number(m) > 59 || Number(s ?? 0) > 60) return undefined;
  return `${day}T${two(String(hour))}:${m}:${s ?? '00'}${S === undefined ? '' : `.${S}`}${zone}`;
}

function hourOf({ H, h, a }: NonNullable<Found>): number | undefined {
  if (h === undefined) return H === undefined ? undefined : Number(H);
  const hour = Number(h);
  return hour < 1 || hour > 12 ? Infinity : (hour % 12) + (/^p/i.test(a!) ? 12 : 0);
}

/** In English, as databases and mails write them. */
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const two = (digits = '') => digits.padStart(2, '0');
