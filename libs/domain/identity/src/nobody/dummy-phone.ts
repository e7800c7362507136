import { isCounting, isShared } from './dummy-number.ts';

const fewestDigits = 5;
const longestCountryCode = 3;

/** What somebody presses who has to fill the field: 00000, 12345, also behind a country code. */
export function isDummyPhone(normal: string): boolean {
  const [number = ''] = normal.split(';');
  const digits = number.replace('+', '');
  if (digits.length < fewestDigits || isPressed(digits, fewestDigits)) return true;
  if (!number.startsWith('+')) return isShared(digits);
  const national = Array.from({ length: longestCountryCode }, (_, index) => digits.slice(index + 1));
  return national.some((rest) => isPressed(rest, fewestDigits + 1));
}

function isPressed(digits: string, fewest: number): boolean {
  return digits.length >= fewest && (/^(\d)\1*$/.test(digits) || isCounting(digits, fewest));
}
