import { isDeepStrictEqual } from 'node:util';
import type { ContactPolicy } from '@sestante/offer-policy';
import { transaction } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/** A stored version of the contact policy. Versions count from 1 and never change. The highest one is current. */
export interface StoredPolicy {
  readonly version: number;
  readonly policy: ContactPolicy;
  readonly changedAt: string;
  /** The API key that made the change; null for the first policy, which is part of the software. */
  readonly changedBy: ChangedBy | null;
}

export interface ChangedBy {
  readonly keyId: string;
  readonly name: string;
}

type Row = Omit<StoredPolicy, 'changedAt'> & { changedAt: Date };

/** The current policy, or a version; undefined if there is none. */
export async function findPolicy(client: PoolClient, version?: number): Promise<StoredPolicy | undefined> {
  const { rows } = await client.query<Row>({
    name: 'offers-find-policy',
    text: `select version, policy, changed_at as "changedAt", changed_by as "changedBy" from offers.contact_policy
            where $1::int is null or version = $1 order by version desc limit 1`,
    values: [version ?? null],
  });
  return rows[0] && { ...rows[0], changedAt: rows[0].changedAt.toISOString() };
}

/** Stores the first policy, unless there is one already. */
export async function addFirstPolicy(dataSource: DataSource, policy: ContactPolicy): Promise<void> {
  await dataSource.query('insert into offers.contact_policy (version, policy) values (1, $1) on conflict do nothing', [
    JSON.stringify(policy),
  ]);
}

/** Stores the policy as the next version, and resolves to the current policy. A policy that equals the current one makes no new version. */
export async function changePolicy(
  dataSource: DataSource,
  policy: ContactPolicy,
  changedBy: ChangedBy | null,
): Promise<StoredPolicy> {
  return transaction(dataSource, async (client) => {
    await client.query('lock table offers.contact_policy in share row exclusive mode');
    const last = await findPolicy(client);
    if (last && isDeepStrictEqual(last.policy, policy)) return last;
    await client.query('insert into offers.contact_policy (version, policy, changed_by) values ($1, $2, $3)', [
      (last?.version ?? 0) + 1,
      JSON.stringify(policy),
      changedBy && JSON.stringify(changedBy),
    ]);
    return (await findPolicy(client))!;
  });
}
