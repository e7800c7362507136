import type { Identifier } from '@sestante/identity';
import { maskMail, maskPhone } from './mask-text.ts';

type Named = Pick<Identifier, 'kind' | 'value'>;

/** The identifier without what identifies a person outside this system: mail addresses and phone numbers, also those that are accounts. */
export function maskIdentifier({ kind, value }: Named): Named {
  return { kind, value: maskedValue(kind, value) };
}

const internationalPhone = /^\+\d{7}/;

function maskedValue(kind: Identifier['kind'], value: string): string {
  if (kind === 'email' || value.includes('@')) return maskMail(value);
  return kind === 'phone' || internationalPhone.test(value) ? maskPhone(value) : value;
}
