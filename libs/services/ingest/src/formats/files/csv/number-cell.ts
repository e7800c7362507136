import { numberIn } from '@sestante/contracts';
import type { DecimalMark, Mapping } from '../mapping.ts';

/** How the numbers of a file are written, as far as it is known. */
export interface NumberStyle extends Pick<Mapping, 'decimal' | 'thousands'> {
  /** What stands between cells. */
  readonly separator: string;
}

/** A sign and a currency before the digits, a currency behind them; SAP has the minus behind them. */
const currency = String.raw`(?:\p{Sc}|[A-Z]{3}|Fr\.?|kr\.?|zł|Kč|Ft|lei)`;
const written = new RegExp(
  String.raw`^([+\-−]?)\s?(?:${currency}\s?)?([+\-−]?)\s?(\d[\d.,'’\s]*?)\s?([\-−]?)(?:\s?${currency})?$`,
  'u',
);
/** Almost all numbers are so, and cost nothing to read. */
const surely = /^-?\d{1,15}(?:\.\d{1,2})?$/;
const grouped = /^\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*$/;
/** One mark with three digits behind it: thousands or thousandths. Nobody writes thousands behind a zero. */
const eitherWay = /^[1-9]\d{0,2}([.,])\d{3}$/;

/**
 * The number in a cell. `unclear`: it may be another one, a thousand times as large, or is not written as its file says. Undefined: it is none.
 */
export function numberInCell(cell: string, style: NumberStyle): number | 'unclear' | undefined {
  if (style.decimal !== ',' && surely.test(cell)) return Number(cell);
  const [, before, inside, digits, behind] = written.exec(cell.trim()) ?? [];
  if (digits === undefined) return undefined;
  const [sign, ...others] = `${before}${inside}${behind}`;
  const plain = digits.replaceAll('’', "'").replaceAll(/\s/g, ' ');
  const size = style.decimal ? sizeBy(plain, style.decimal, style.thousands) : clearSize(plain, style);
  if (typeof size !== 'number' || others.length > 0) return looksLikeNumber(cell) ? 'unclear' : undefined;
  return sign === '-' || sign === '−' ? -size : size;
}

/** Whether what reads it later would take it for one all the same. */
const looksLikeNumber = (cell: string) => numberIn(cell) !== undefined || /^[\d.,'’\s]+$/u.test(cell.trim());

/** Read by the decimal mark that is said, and by what stands between thousands, where that is said, too. */
function sizeBy(digits: string, decimal: DecimalMark, thousands: string | null): number | undefined {
  const [whole = '', part, ...rest] = digits.split(decimal);
  if (rest.length > 0 || (part !== undefined && !/^\d+$/.test(part))) return undefined;
  const bare = /^\d+$/.test(whole) ? whole : withoutThousands(whole, thousands);
  return bare === undefined ? undefined : Number(`${bare}.${part ?? 0}`);
}

function withoutThousands(whole: string, thousands: string | null): string | undefined {
  const [, mark] = grouped.exec(whole) ?? [];
  return mark === undefined || (thousands ?? mark) !== mark ? undefined : whole.replaceAll(mark, '');
}

/** What can only mean one number: in a file with commas between cells the decimal mark is a point, in one with semicolons a comma. */
function clearSize(digits: string, { separator, thousands }: NumberStyle): number | 'unclear' | undefined {
  if (/^\d+$/.test(digits)) return Number(digits);
  const last = /[.,](?=[^.,]*$)/.exec(digits)?.[0] as DecimalMark | undefined;
  const other = last === ',' ? '.' : ',';
  if (last === undefined || digits.split(last).length > 2) return sizeBy(digits, other, thousands);
  if (eitherWay.test(digits)) return isUsual(last, separator) ? sizeBy(digits, last, thousands) : 'unclear';
  return sizeBy(digits, last, thousands);
}

function isUsual(mark: DecimalMark, separator: string): boolean {
  return (separator === ';' && mark === ',') || (separator === ',' && mark === '.');
}
