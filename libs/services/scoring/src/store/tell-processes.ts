import type { PoolClient } from 'pg';

/**
 * Waits for the batches that are being scored, lets none begin until the end of the transaction, and makes every process drop its memory and reload the
 * models before its next batch: it finds that another process has written its partitions (`EffectsOnce`).
 */
export async function tellProcesses(client: PoolClient): Promise<void> {
  await client.query('lock table scoring.applied_offset in exclusive mode');
  await client.query('update scoring.applied_offset set revision = revision + 1');
}
