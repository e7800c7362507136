import { isPersonal } from '../remove-personal-data.ts';
import { maskMail, maskName, maskPhone, maskText } from './mask-text.ts';

/**
 * The properties or traits with their personal data masked: names, mail addresses, phone numbers, postal addresses, birthdays. The same names count as personal
 * as in `removePersonalData`. In other texts, mail addresses and international phone numbers are masked.
 */
export function maskProperties(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [maskText(name), maskProperty(name, value)]),
  );
}

/** The value of one property or trait. */
export function maskProperty(name: string, value: unknown): unknown {
  return isPersonal(name) ? hide(value) : maskValue(value);
}

function maskValue(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value);
  if (Array.isArray(value)) return value.map(maskValue);
  return typeof value === 'object' && value !== null ? maskProperties(value as Record<string, unknown>) : value;
}

const beginsWithLetter = /^\p{L}/u;

/** A personal value: of a name stays the first letter, of a mail address and an international number a little more, of others nothing. */
function hide(value: unknown): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(hide);
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [maskText(name), hide(inner)]));
  if (typeof value !== 'string') return '…';
  if (value.includes('@')) return maskMail(value);
  if (value.startsWith('+')) return maskPhone(value);
  return beginsWithLetter.test(value) ? maskName(value) : '…';
}
