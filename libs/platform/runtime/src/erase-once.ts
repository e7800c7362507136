import { type CustomerErased, type Removed, sealErased, sealErasureDone, topics } from '@sestante/contracts';
import type { Publication } from '@sestante/streaming';
import type { PoolClient } from 'pg';
import type { DeadLetters } from './dead-letters/dead-letters.ts';

/** How a service of the chain erases a customer. */
export interface Erasing {
  /** The service, whose schema has the table `erasure`. */
  readonly service: 'scoring' | 'offers';
  /** On which it passes on that the customer was erased. */
  readonly topic: typeof topics.scores | typeof topics.offers;
  readonly deadLetters: DeadLetters;
  /** Deletes everything about the members. Resolves to the counts. */
  readonly eraseMembers: (client: PoolClient, erased: CustomerErased) => Promise<readonly Removed[]>;
}

/**
 * Deletes what there is about an erased customer, and stores how much that was in the same transaction. Resolves to what has to be published: that the customer
 * was erased, and how much was removed. A repeat deletes nothing more, and says the same.
 */
export async function eraseOnce(
  client: PoolClient,
  erased: CustomerErased,
  { service, topic, deadLetters, eraseMembers }: Erasing,
): Promise<readonly Publication[]> {
  const { erasureId } = erased;
  let removed = await findRemoved(client, service, erasureId);
  if (!removed) {
    const letters = await deadLetters.erasePerson(client, erased);
    removed = [...(await eraseMembers(client, erased)), { what: 'dead letters', count: letters }];
    await client.query(`insert into ${service}.erasure (erasure_id, removed) values ($1, $2)`, [
      erasureId,
      JSON.stringify(removed),
    ]);
  }
  const doneAt = new Date().toISOString();
  const result = sealErasureDone({ erasureId, service, part: 0, removed, doneAt });
  return [
    { topic: topic.name, messages: [sealErased(topic, erased)] },
    { topic: topics.erasureResults.name, messages: [result] },
  ];
}

/** What was removed by an erasure that was done before. */
async function findRemoved(client: PoolClient, schema: string, erasureId: string): Promise<Removed[] | undefined> {
  const { rows } = await client.query<{ removed: Removed[] }>(
    `select removed from ${schema}.erasure where erasure_id = $1`,
    [erasureId],
  );
  return rows[0]?.removed;
}
