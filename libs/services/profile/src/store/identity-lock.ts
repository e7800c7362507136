import type { PoolClient } from 'pg';

/**
 * Locks the identities until the transaction ends. Transactions that change them share the lock, and compare what they read before they write. One that lost a
 * race tries again with the lock for itself: then nobody can disturb it. Take it before any other lock. For itself, also before reading; shared, what
 * was read before is compared afterwards.
 */
export async function lockIdentities(client: PoolClient, mode: 'shared' | 'alone'): Promise<void> {
  await client.query({
    name: `profile-lock-identities-${mode}`,
    text: `select pg_advisory_xact_lock${mode === 'shared' ? '_shared' : ''}(hashtext('profile.identities'))`,
  });
}
