/** A number as written by programs. */
const plainDecimal = /^-?\d+(?:\.\d+)?$/;
/** A number with a sign and a currency before or after it. SAP writes the minus after the number. */
const written = /^(?:(\p{Sc}|[A-Z]{3})\s?)?([+\-−]?)(\d[\d.,'’\s]*?)([-−]?)(?:\s?(\p{Sc}|[A-Z]{3}))?$/u;
/** Groups of three digits, and decimals after another separator. */
const grouped = /^(\d{1,3}(?:([.,'’\s])\d{3})(?:\2\d{3})*)([.,])(\d+)$/u;
const repeated = /^\d{1,3}(?:([.,'’\s])\d{3})(?:\1\d{3})+$/u;
const spaced = /^\d{1,3}(?:['’\s]\d{3})$/u;
const withComma = /^(\d+),(\d{1,2}|\d{4,})$/;

/**
 * The number in a text, if it is unambiguous: `41.50`, `41,50 €`, `1.234,50`, `1'234.50`, `12.00-`. Undefined for any other text, also for `1,234`,
 * in which the comma may separate thousands or decimals.
 */
export function numberIn(text: string): number | undefined {
  const trimmed = text.trim();
  if (plainDecimal.test(trimmed)) return Number(trimmed);
  const [, before, sign, digits, minus, behind] = written.exec(trimmed) ?? [];
  if (digits === undefined || (before && behind) || (sign && minus)) return undefined;
  const size = sizeOf(digits);
  if (size === undefined) return undefined;
  return (sign && sign !== '+') || minus ? -size : size;
}

function sizeOf(digits: string): number | undefined {
  if (plainDecimal.test(digits)) return Number(digits);
  if (repeated.test(digits) || spaced.test(digits)) return Number(bare(digits));
  const [, thousands, mark, decimalMark, decimals] = grouped.exec(digits) ?? [];
  if (thousands !== undefined) return mark === decimalMark ? undefined : Number(`${bare(thousands)}.${decimals}`);
  const [, whole, part] = withComma.exec(digits) ?? [];
  return whole === undefined ? undefined : Number(`${whole}.${part}`);
}

const bare = (digits: string) => digits.replaceAll(/\D/g, '');
