import { startsWithValidDate } from '@sestante/contracts';

/** Converts a date, or a date with a time, to ISO 8601, with a time zone if the cell has one. Undefined if the cell does not match the format. */
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
const timeSuffix = String.raw`(?:(?:[T ]|, ?)(?<H>\d{1,2}):(?<m>\d{2})(?::(?<s>\d{2})(?:[.,](?<S>\d{1,9}))?)?)?`;
const zoneSuffix = String.raw`(?: ?(?<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?`;
/** The most characters of a format. */
export const longestDayFormat = 40;

/**
 * A reader for dates in a format such as `dd.MM.yyyy HH:mm`. Tokens: `yyyy` `yy` `MM` `M` `MMM` (`Dec`) `dd` `d` `HH` `H` `hh` `h` `a` `mm` `ss` `SSS`
 * `SSSSSS`, and separators between them. With a format without a time, cells may end with a time in hours, minutes and seconds. Returns a sentence if
 * the format is invalid.
 */
export function dayFormat(format: string): ReadDay | string {
  if (format.length > longestDayFormat) return `must have at most ${longestDayFormat} characters`;
  const tokens = [...format.matchAll(token)].map(([text]) => text);
  const unknown = tokens.find((text) => /[A-Za-z]/.test(text) && text !== 'T' && !Object.hasOwn(parts, text));
  if (unknown !== undefined) return `must consist of ${Object.keys(parts).join(' ')}, got ${unknown}`;
  const has = (letter: string) => tokens.filter((text) => text.startsWith(letter)).length;
  if (['y', 'M', 'd'].some((letter) => has(letter) !== 1)) return 'must have exactly one year, one month and one day';
  if (['H', 'h', 'm', 's', 'S', 'a'].some((letter) => has(letter) > 1)) return 'must not repeat a part of the time';
  const isHalfDay = has('h') === 1 && has('a') === 1;
  if (has('h') !== has('a') || (has('h') && has('H'))) return 'must have hh with a, or HH without a';
  const hasTime = has('H') === 1 || isHalfDay;
  if (hasTime ? has('m') !== 1 || (has('S') && !has('s')) : has('m') + has('s') + has('S') > 0)
    return 'must have hours with minutes, and milliseconds with seconds';
  const pattern = tokens.map((text, index) => patternOf(text, isLoose(tokens, index))).join('');
  const whole = new RegExp(`^${pattern}${hasTime ? '' : timeSuffix}${zoneSuffix}$`);
  return (cell) => isoOf(whole.exec(cell.trim())?.groups);
}

/** Whether a leading zero is optional: only if no digits are next to it. */
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

/** English month names, as in databases and mails. */
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const two = (digits = '') => digits.padStart(2, '0');
