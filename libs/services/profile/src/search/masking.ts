import type { Identifier } from '@sestante/identity';
import type { Role } from '@sestante/runtime';

/** Whether callers with the role see personal data of customers in full. Others see it masked. */
export const seesInFull = (role: Role) => role === 'admin' || role === 'clerk';

/** The identifier without what identifies a person outside this system: mail addresses and phone numbers, also those that are accounts. */
export function maskIdentifier({
  kind,
  value,
}: Pick<Identifier, 'kind' | 'value'>): Pick<Identifier, 'kind' | 'value'> {
  return { kind, value: maskedValue(kind, value) };
}

/** `Ada Lovelace` as `A…`. */
export const maskName = (name: string) => `${firstOf(name)}…`;

const internationalPhone = /^\+\d{7}/;

function maskedValue(kind: Identifier['kind'], value: string): string {
  if (kind === 'email' || value.includes('@')) return maskMail(value);
  return kind === 'phone' || internationalPhone.test(value) ? maskPhone(value) : value;
}

/** `ada@example.org` as `a…@e….org`. */
function maskMail(address: string): string {
  const at = address.lastIndexOf('@');
  const [user, domain] = [address.slice(0, Math.max(at, 0)), address.slice(at + 1)];
  const dot = domain.lastIndexOf('.');
  return `${firstOf(user)}…@${firstOf(domain)}…${dot > 0 ? domain.slice(dot) : ''}`;
}

/** Fewer digits would leave less than four of them hidden. */
const fewestDigits = 8;

/** `+393351234567` as `+39…67`, `0471123456;ext=12` as `…56`. */
function maskPhone(given: string): string {
  const [number = ''] = given.split(';');
  if (number.replaceAll(/\D/g, '').length < fewestDigits) return '…';
  return `${number.startsWith('+') ? number.slice(0, 3) : ''}…${number.slice(-2)}`;
}

const firstOf = (text: string) => [...text.slice(0, 2)][0] ?? '';
