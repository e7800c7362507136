import { exportingServices } from '@sestante/contracts';
import { customerErased, Problem, type Role } from '@sestante/runtime';
import type { PoolClient } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { removeExports } from './remove-exports.ts';

/** Who asks for an export: the customer, or an API key with this role. Each has its own. */
export type Requester = 'customer' | Role;

/** An export that was asked for. */
export interface OpenedExport {
  readonly exportId: string;
  /** The present id of the customer. */
  readonly customerId: string;
  /** The ids of the members that the customer had when it was asked for. */
  readonly members: readonly string[];
  readonly requestedAt: Date;
  /** Whether all services were asked for their files. */
  readonly isTold: boolean;
}

interface Asked {
  /** An id of the customer. */
  readonly customerId: string;
  readonly requester: Requester;
  /** For how long its files are kept. */
  readonly days: number;
}

/** The exports of a customer that one requester may have: an older one is removed. */
export const mostKept = 3;
/** The exports of a customer that are made within an hour. Those that were cancelled count, too. */
export const mostPerHour = 3;

/** The members of the customer `$1`, in their order. */
const membersOf = 'array(select member_id from profile.member where customer_id = $1::uuid order by member_id)';

/** The columns of `OpenedExport`. */
export const opened = `export_id as "exportId", customer_id as "customerId", members, requested_at as "requestedAt", is_told as "isTold"`;

/**
 * Opens an export of a customer, or finds the one that is running. Run it in a transaction.
 *
 * @throws Problem 410 if the customer was erased, 429 if there were too many within an hour
 */
export async function openExport(
  client: PoolClient,
  { customerId: id, requester, days }: Asked,
): Promise<OpenedExport> {
  const customerId = await lockCustomer(client, id);
  await client.query(`select pg_advisory_xact_lock(hashtextextended('profile.export.' || $1::text, 0))`, [customerId]);
  const { rows: running } = await client.query<OpenedExport>(
    `select ${opened} from profile.export e
      where customer_id = any(${membersOf}) and requester = $2 and members = ${membersOf}
        and cancelled_at is null and expires_at > now()
        and $3 > (select count(*) from profile.export_answer a where a.export_id = e.export_id)
      order by requested_at desc limit 1`,
    [customerId, requester, exportingServices.length],
  );
  if (running[0]) return { ...running[0], customerId };
  await requireFewer(client, customerId);
  const { rows } = await client.query<OpenedExport>(
    `insert into profile.export (export_id, customer_id, members, requester, expires_at)
     values ($2, $1, ${membersOf}, $3, now() + make_interval(days => $4)) returning ${opened}`,
    [customerId, uuidv7(), requester, days],
  );
  await removeExports(
    client,
    `export_id in (select export_id from profile.export
                    where customer_id = any(${membersOf}) and requester = $2 order by requested_at desc offset ${mostKept})`,
    [customerId, requester],
  );
  return rows[0]!;
}

/**
 * The present id of the customer of an id. An erasure of the customer waits until the transaction ends, and then removes the export; or the transaction waits
 * for the erasure, and finds nobody.
 */
async function lockCustomer(client: PoolClient, id: string): Promise<string> {
  const { rows } = await client.query<{ customer_id: string }>(
    'select customer_id from profile.member where member_id = $1 for key share',
    [id],
  );
  if (!rows[0]) throw customerErased();
  return rows[0].customer_id;
}

/** Throws 429, with the seconds until the next one is allowed. */
async function requireFewer(client: PoolClient, customerId: string): Promise<void> {
  const { rows } = await client.query<{ seconds: number }>(
    `select ceil(extract(epoch from requested_at + interval '1 hour' - now()))::int as seconds from profile.export
      where customer_id = any(${membersOf}) and requested_at > now() - interval '1 hour'
      order by requested_at desc offset $2 limit 1`,
    [customerId, mostPerHour - 1],
  );
  const detail = `At most ${mostPerHour} exports of a customer are made within an hour.`;
  if (rows[0]) throw new Problem(429, 'rate-limited', detail, rows[0].seconds);
}
