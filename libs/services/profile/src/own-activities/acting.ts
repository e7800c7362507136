import type { ActivityReceived } from '@sestante/contracts';
import type { Caller } from '@sestante/runtime';
import type { ActedBy } from '../consent-records.ts';

/** Who acted, without personal data. The name of an API key may be that of a person. */
export function actedBy(caller: Caller): ActedBy {
  return caller.kind === 'customer' ? { by: 'customer' } : { by: 'key', role: caller.role, keyId: caller.keyId };
}

/** The usual channel of the caller: a page for a customer, the service for somebody who acts for one. */
export const usualChannel = ({ kind }: Caller): ActivityReceived['channel'] =>
  kind === 'customer' ? 'web' : 'service';

/** Who vouches for what the caller sets: the customer by a token, or an API key, which is a secret. */
export function whoseWord(caller: Caller): Pick<ActivityReceived, 'vouchedBy' | 'tokenOf' | 'isTokenWeak'> {
  if (caller.kind !== 'customer') return { vouchedBy: 'secret' };
  const { customerId, isWeak } = caller;
  return { vouchedBy: 'customer', tokenOf: customerId, ...(isWeak && { isTokenWeak: true as const }) };
}
