import { numberIn } from '@sestante/contracts';
import type { DecimalMark, Mapping } from '../mapping.ts';

/** The format of the numbers of a file, as far as it is known. */
export interface NumberStyle extends Pick<Mapping, 'decimal' | 'thousands'> {
  /** The separator of cells. */
  readonly separator: string;
}

/** A sign and a currency before the digits, or a currency after them. SAP writes the minus after them. */
const currency = String.raw`(?:\p{Sc}|[A-Z]{3}|Fr\.?|kr\.?|zł|Kč|Ft|lei)`;
const written = new RegExp(
  String.raw`^([+\-−]?)\s?(?:${currency}\s?)?([+\-−]?)\s?(\d[\d.,'’\s]*?)\s?([\-−]?)(?:\s?${currency})?$`,
  'u',
);
/** A fast path for almost all numbers. */
const plainNumber = /^-?\d{1,15}(?:\.\d{1,2})?$/;
const grouped = /^\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*$/;
/** One mark with three digits after it: thousands or decimals. A leading zero excludes thousands. */
const ambiguous = /^[1-9]\d{0,2}([.,])\d{3}$/;

/**
 * The number in a cell. `unclear`: it is ambiguous by a factor of 1000, or does not match the number format of the file. Undefined: it is no number.
 */
export function numberInCell(cell: string, style: NumberStyle): number | 'unclear' | undefined {
  if (style.decimal !== ',' && plainNumber.test(cell)) return Number(cell);
  const [, before, inside, digits, behind] = written.exec(cell.trim()) ?? [];
  if (digits === undefined) return undefined;
  const [sign, ...others] = `${before}${inside}${behind}`;
  const plain = digits.replaceAll('’', "'").replaceAll(/\s/g, ' ');
  const size = style.decimal ? sizeBy(plain, style.decimal, style.thousands) : clearSize(plain, style);
  if (typeof size !== 'number' || others.length > 0) return looksLikeNumber(cell) ? 'unclear' : undefined;
  return sign === '-' || sign === '−' ? -size : size;
}

/** Whether a later step would read it as a number. */
const looksLikeNumber = (cell: string) => numberIn(cell) !== undefined || /^[\d.,'’\s]+$/u.test(cell.trim());

/** Reads digits with the given decimal mark, and the thousands separator if it is given. */
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

/** Reads an unambiguous number. In a file separated by commas, the decimal mark is a point; in one separated by semicolons, a comma. */
function clearSize(digits: string, { separator, thousands }: NumberStyle): number | 'unclear' | undefined {
  if (/^\d+$/.test(digits)) return Number(digits);
  const last = /[.,](?=[^.,]*$)/.exec(digits)?.[0] as DecimalMark | undefined;
  const other = last === ',' ? '.' : ',';
  if (last === undefined || digits.split(last).length > 2) return sizeBy(digits, other, thousands);
  if (ambiguous.test(digits)) return isUsual(last, separator) ? sizeBy(digits, last, thousands) : 'unclear';
  return sizeBy(digits, last, thousands);
}

function isUsual(mark: DecimalMark, separator: string): boolean {
  return (separator === ';' && mark === ',') || (separator === ',' && mark === '.');
}
