/** `Ada Lovelace` as `A…`. */
export const maskName = (name: string) => `${firstOf(name)}…`;

/** `ada@example.org` as `a…@e….org`. */
export function maskMail(address: string): string {
  const at = address.lastIndexOf('@');
  const [user, domain] = [address.slice(0, Math.max(at, 0)), address.slice(at + 1)];
  const dot = domain.lastIndexOf('.');
  return `${firstOf(user)}…@${firstOf(domain)}…${dot > 0 ? domain.slice(dot) : ''}`;
}

/** Fewer digits would leave less than four of them hidden. */
const fewestDigits = 8;

/** `+393351234567` as `+39…67`, `0471123456;ext=12` as `…56`. */
export function maskPhone(given: string): string {
  const [number = ''] = given.split(';');
  if (number.replaceAll(/\D/g, '').length < fewestDigits) return '…';
  return `${number.startsWith('+') ? number.slice(0, 3) : ''}…${number.slice(-2)}`;
}

const whiteSpace = /(\s+)/;
const phoneNumber = /\+\d(?:[\s().\-/]{0,2}\d){7,14}/g;

/** The text with its mail addresses and international phone numbers masked. */
export function maskText(text: string): string {
  const withoutPhones = text.includes('+') ? text.replaceAll(phoneNumber, maskPhone) : text;
  if (!withoutPhones.includes('@')) return withoutPhones;
  return withoutPhones
    .split(whiteSpace)
    .map((word) => (word.includes('@') ? maskMail(word) : word))
    .join('');
}

const firstOf = (text: string) => [...text.slice(0, 2)][0] ?? '';
