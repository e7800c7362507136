import type { ActivityReceived } from '@sestante/contracts';
import type { ErasedIdentifiers } from '@sestante/runtime';
import { inOrder } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { identifiersToFind } from '../resolve-batch.ts';
import { byKey, findOwners, findOwnersById } from '../store/owners.ts';
import { tokensIn } from '../whose-word.ts';
import { withoutErased } from './late-activities.ts';

/** Which activities, with ids that others have, are refused and kept by ingest: none of somebody who was erased after they happened. Most batches have none. */
export async function refusedOf(
  client: PoolClient,
  erased: ErasedIdentifiers,
  reused: readonly ActivityReceived[],
): Promise<readonly ActivityReceived[]> {
  if (reused.length === 0) return reused;
  const wanted = byKey(identifiersToFind(reused));
  const [owners, tokens, erasureKey] = await inOrder([
    findOwners(client, wanted),
    findOwnersById(client, tokensIn(reused)),
    erased.readKey(client),
  ] as const);
  return (await withoutErased(client, erased, reused, { wanted, owners, tokens, erasureKey })).activities;
}
