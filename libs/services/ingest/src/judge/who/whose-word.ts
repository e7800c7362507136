import type { ActivityReceived, Violation } from '@sestante/contracts';
import type { CustomerToken, ValidToken } from '../../types/customer-token.ts';
import type { Vouching } from './identifiers.ts';

/** Whose word an event is. With the token of a customer, a later service decides whether it is about the same customer. */
export interface Word extends Pick<ActivityReceived, 'vouchedBy' | 'tokenOf' | 'isTokenWeak' | 'mayLink'> {
  readonly violations: readonly Violation[];
}

const invalid: Violation = {
  code: 'token-invalid',
  field: 'context.customerToken',
  reason: 'the customer token is forged, malformed or expired: the event counts as one of a page without a token',
};

/** A secret key needs no token. */
export function whoseWord({ keyKind, pagesMayLink }: Vouching, token: CustomerToken | undefined): Word {
  if (keyKind === 'secret') return { vouchedBy: 'secret', violations: [] };
  const page = { vouchedBy: 'page' as const, violations: token === 'invalid' ? [invalid] : [] };
  const word = token === undefined || token === 'invalid' ? page : ofCustomer(token);
  return pagesMayLink ? { ...word, mayLink: true } : word;
}

function ofCustomer({ customerId, isWeak }: ValidToken): Word {
  const word = { vouchedBy: 'customer', tokenOf: customerId, violations: [] } as const;
  return isWeak ? { ...word, isTokenWeak: true } : word;
}
