import { readApi } from '../../sestante/read-api.ts';
import type { Target } from '../../sestante/target.ts';
import type { Decision } from './answers.ts';
import { paint, paragraph } from './paint.ts';
import { showRefusal } from './show-offer.ts';

/** Describes a customer who gets no offer, with the reasons. */
export async function describeMarco(target: Target, customerId: string): Promise<string[]> {
  const { items } = await readApi<{ items: Decision[] }>(target, `/api/v1/customers/${customerId}/decisions?limit=20`);
  const decision = items.find(({ cause }) => cause.name === 'order.refunded');
  return [
    paint('bold', 'Marco Riva'),
    ...paragraph(
      '',
      'He has consented to offers. Some weeks ago he told the call centre that he cannot pay at the moment.',
    ),
    ...paragraph(
      '',
      'Today he returned an order. Other customers would get a discount on their next order. He does not:',
    ),
    ...(decision ? showRefusal(decision) : ['  (no decision was found)']),
  ];
}
