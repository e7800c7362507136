import type { ActivityReceived, Violation } from '@sestante/contracts';
import type { CustomerToken } from '../../types/customer-token.ts';
import type { KeyKind } from '../../types/source.ts';

/** Whose word an event is. With the token of a customer, a later service decides whether it is about the same customer. */
export interface Word extends Pick<ActivityReceived, 'vouchedBy' | 'tokenOf'> {
  readonly violations: readonly Violation[];
}

const invalid: Violation = {
  code: 'token-invalid',
  field: 'context.customerToken',
  reason: 'the customer token is forged, malformed or expired: the event counts as one of a page without a token',
};

/** A secret key needs no token. */
export function whoseWord(keyKind: KeyKind, token: CustomerToken | undefined): Word {
  if (keyKind === 'secret') return { vouchedBy: 'secret', violations: [] };
  if (token === undefined) return { vouchedBy: 'page', violations: [] };
  if (token === 'invalid') return { vouchedBy: 'page', violations: [invalid] };
  return { vouchedBy: 'customer', tokenOf: token.customerId, violations: [] };
}
