import { defined } from '../../types/defined.ts';
import type { Label, ReceiptNode } from './receipt-node.ts';

/** The identifiers of the customer of a receipt. */
export interface ReceiptCustomer {
  readonly userId: Label | undefined;
  readonly externalIds: readonly { readonly type: 'loyalty_card'; readonly id: Label }[];
  readonly traits: object;
}

/** The customer of a receipt. Invalid fields are left out, and added to the faults. */
export function customerOf(transaction: ReceiptNode): ReceiptCustomer {
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

/** A text or number instead of the object is the id. */
function idIn(part: ReceiptNode, name: string): Label | undefined {
  const isAlone = typeof part.value === 'string' || typeof part.value === 'number';
  return isAlone || !part.isObject() ? part.label() : part.at(name).label();
}

const first = (part: ReceiptNode) => part.many()[0]?.label();
