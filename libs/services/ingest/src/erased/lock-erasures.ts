import type { ClientBase } from 'pg';

/**
 * Locks the list of erased persons until the transaction ends. Whoever stores events about persons shares the lock from the look-up to the commit. Whoever adds
 * persons takes it alone. So what was looked up before is stored before, and can be deleted.
 */
export async function lockErasures(client: ClientBase, mode: 'shared' | 'alone'): Promise<void> {
  await client.query(
    `select pg_advisory_xact_lock${mode === 'shared' ? '_shared' : ''}(hashtext('ingest.erased_identifier'))`,
  );
}
