import { readApi } from '../../sestante/read-api.ts';
import type { Target } from '../../sestante/target.ts';
import type { Decision } from './answers.ts';
import { paint, paragraph } from './paint.ts';
import { showRefusal } from './show-offer.ts';

/** Somebody to whom nothing is offered, and exactly why. */
export async function tellMarco(target: Target, customerId: string): Promise<string[]> {
  const { items } = await readApi<{ items: Decision[] }>(target, `/api/v1/customers/${customerId}/decisions?limit=20`);
  const decision = items.find(({ cause }) => cause.name === 'order.refunded');
  return [
    paint('bold', 'Marco Riva'),
    ...paragraph(
      '',
      'He has said yes to offers. Some weeks ago he told the call centre that he cannot pay at the moment.',
    ),
    ...paragraph('', 'Today he brought something back. Others would get a discount on their next order. He does not:'),
    ...(decision ? showRefusal(decision) : ['  (no decision was found)']),
  ];
}
