import type { ActivityReceived } from '@sestante/contracts';
import type { ErasedIdentifiers } from '@sestante/runtime';
import type { PoolClient } from 'pg';
import { findKnown, withoutErased } from './late-activities.ts';

/** Which activities, with ids that others have, are refused and kept by ingest: none of somebody who was erased after they happened. Most batches have none. */
export async function refusedOf(
  client: PoolClient,
  erased: ErasedIdentifiers,
  reused: readonly ActivityReceived[],
): Promise<readonly ActivityReceived[]> {
  if (reused.length === 0) return reused;
  return (await withoutErased(client, erased, reused, await findKnown(client, erased, reused))).activities;
}
