import { isCounting, isShared } from './dummy-number.ts';

const fewestDigits = 5;
const longestCountryCode = 3;

/** Whether a phone number is a placeholder: 00000, 12345, also after a country code. */
export function isDummyPhone(normal: string): boolean {
  const [number = ''] = normal.split(';');
  const digits = number.replace('+', '');
  if (digits.length < fewestDigits || isPattern(digits, fewestDigits)) return true;
  if (!number.startsWith('+')) return isShared(digits);
  const national = Array.from({ length: longestCountryCode }, (_, index) => digits.slice(index + 1));
  return national.some((rest) => isPattern(rest, fewestDigits + 1));
}

function isPattern(digits: string, fewest: number): boolean {
  return digits.length >= fewest && (/^(\d)\1*$/.test(digits) || isCounting(digits, fewest));
}
