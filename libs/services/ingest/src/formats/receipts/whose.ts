import { defined } from '../../types/defined.ts';
import type { Label, Part } from './part.ts';

/** What a receipt names somebody by. */
export interface Whose {
  readonly userId: Label | undefined;
  readonly externalIds: readonly { readonly type: 'loyalty_card'; readonly id: Label }[];
  readonly traits: object;
}

/** Whose it is, as far as it can be read. */
export function whoseOf(transaction: Part): Whose {
  const customer = transaction.at('Customer').many()[0];
  const cards = transaction
    .at('LoyaltyAccount')
    .many()
    .flatMap((account) => idIn(account, 'LoyaltyAccountID') ?? []);
  return {
    userId: customer && idIn(customer, 'CustomerID'),
    externalIds: cards.map((id) => ({ type: 'loyalty_card', id })),
    traits: defined({
      email: customer && first(customer.at('EMail')),
      phone: customer && first(customer.at('Telephone')),
    }),
  };
}

/** An id alone can be nothing else than the id. */
function idIn(part: Part, name: string): Label | undefined {
  const isAlone = typeof part.value === 'string' || typeof part.value === 'number';
  return isAlone || !part.isObject() ? part.label() : part.at(name).label();
}

const first = (part: Part) => part.many()[0]?.label();
