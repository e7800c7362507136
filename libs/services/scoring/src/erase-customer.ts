import { type CustomerErased, sealErased, sealErasureDone, topics } from '@sestante/contracts';
import type { DeadLetters } from '@sestante/runtime';
import type { Publication } from '@sestante/streaming';
import type { PoolClient } from 'pg';
import { eraseMembers, findRemoved, saveRemoved } from './store/erasures.ts';

/**
 * Deletes what there is about an erased customer. Resolves to what has to be published: that the customer was erased, and how much was removed. A repeat deletes
 * nothing more, and says the same.
 */
export async function eraseCustomer(
  client: PoolClient,
  erased: CustomerErased,
  deadLetters: DeadLetters,
): Promise<readonly Publication[]> {
  let removed = await findRemoved(client, erased);
  if (!removed) {
    const letters = await deadLetters.erasePerson(client, erased);
    removed = [...(await eraseMembers(client, erased)), { what: 'dead letters', count: letters }];
    await saveRemoved(client, erased, removed);
  }
  const { erasureId } = erased;
  const doneAt = new Date().toISOString();
  const result = sealErasureDone({ erasureId, service: 'scoring', part: 0, removed: [...removed], doneAt });
  return [
    { topic: topics.scores.name, messages: [sealErased(topics.scores, erased)] },
    { topic: topics.erasureResults.name, messages: [result] },
  ];
}
