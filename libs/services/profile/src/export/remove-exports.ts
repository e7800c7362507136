import type { PoolClient } from 'pg';

/**
 * Removes exports with their parts and answers. Resolves to their number. Run it in a transaction. A part that is being added holds a lock on its export: the
 * first statement waits for it, and only a statement that begins later sees the part.
 *
 * @param condition SQL about a row of `profile.export`
 */
export async function removeExports(
  client: Pick<PoolClient, 'query'>,
  condition: string,
  values: unknown[],
): Promise<number> {
  const { rows } = await client.query<{ export_id: string }>(
    `delete from profile.export where ${condition} returning export_id`,
    values,
  );
  if (rows.length === 0) return 0;
  const exportIds = rows.map(({ export_id }) => export_id);
  await client.query('delete from profile.export_part where export_id = any($1::uuid[])', [exportIds]);
  await client.query('delete from profile.export_answer where export_id = any($1::uuid[])', [exportIds]);
  return rows.length;
}

/**
 * Removes every export that has something of these members, for their erasure. Parts that arrive later are ignored. Resolves to their number. Run it in a
 * transaction.
 */
export function removeExportsOf(client: Pick<PoolClient, 'query'>, memberIds: readonly string[]): Promise<number> {
  return removeExports(client, 'members && $1::uuid[]', [memberIds]);
}

/** Removes the files of an export. It stays known as cancelled, and takes no more parts. Run it in a transaction. */
export async function cancelExport(client: Pick<PoolClient, 'query'>, exportId: string): Promise<void> {
  await client.query('update profile.export set cancelled_at = coalesce(cancelled_at, now()) where export_id = $1', [
    exportId,
  ]);
  await client.query('delete from profile.export_part where export_id = $1', [exportId]);
}
