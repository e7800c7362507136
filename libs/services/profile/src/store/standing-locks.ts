import { intArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';

/** The ids of customers whose standing a batch reads, and of those whose standing it also changes. */
export interface StandingAccess {
  readonly read: Iterable<string>;
  readonly changed: ReadonlySet<string>;
}

/**
 * The number of locks. Independent of the customers of a batch, because the lock table of the server is limited: by default, 6,400 locks and twice as
 * many holders in all. So about 50 batches at the same time have room. The more stripes, the fewer batches wait for each other without need.
 */
export const stripes = 256;

/**
 * Locks the standings of customers until the transaction ends, so that the published standings of a customer follow the order in which batches are
 * stored, although two batches may hold activities of one customer. Read the standings in a later statement: the snapshot of this one is older than
 * the locks.
 *
 * A customer has one of a fixed number of advisory locks (stripes). A batch that changes the standing holds it exclusively, a batch that only reads
 * it shares it. That suffices:
 *
 * - A reader and a writer of one customer hold conflicting locks from before they read until they are committed. So one of them has committed before
 *   the other reads. If the writer was first, the reader sees the new values; otherwise, it sees the old ones. A stream that publishes with
 *   the commit locks its partitions after these locks, so that the messages of the two have the same order as their commits.
 * - Two writers exclude each other in the same way.
 * - A customer that the batch creates needs no lock: no other batch can read it before the commit.
 * - Two readers that hold the lock together read the same values, because no writer commits meanwhile. So their messages need no order.
 *
 * All locks are taken by one statement in ascending order, and none is upgraded later, so that batches cannot wait for each other in a circle. Unlike
 * row locks, they write nothing.
 */
export async function lockStandings(client: PoolClient, access: StandingAccess): Promise<void> {
  const wanted = stripesOf(access);
  if (wanted.length === 0) return;
  await client.query({
    name: 'profile-lock-standings',
    text: `select count((case when exclusive = 1 then pg_advisory_xact_lock(hashtext('profile.standing'), stripe)
                                                 else pg_advisory_xact_lock_shared(hashtext('profile.standing'), stripe) end)::text)
             from unnest($1::int[], $2::int[]) as wanted (stripe, exclusive)`,
    values: [
      intArray(wanted.map(({ stripe }) => stripe)),
      intArray(wanted.map(({ isExclusive }) => Number(isExclusive))),
    ],
  });
}

/** The stripes of the customers in ascending order, each once, exclusive if one of its customers is changed. */
export function stripesOf({ read, changed }: StandingAccess): { stripe: number; isExclusive: boolean }[] {
  const isExclusive = new Map<number, boolean>();
  for (const customerId of read) isExclusive.set(stripeOf(customerId), false);
  for (const customerId of changed) isExclusive.set(stripeOf(customerId), true);
  return [...isExclusive].sort(([a], [b]) => a - b).map(([stripe, exclusive]) => ({ stripe, isExclusive: exclusive }));
}

/** The last two digits of the id: they are random, unlike the first ones. */
const stripeOf = (customerId: string) => Number.parseInt(customerId.slice(-2), 16) % stripes;
