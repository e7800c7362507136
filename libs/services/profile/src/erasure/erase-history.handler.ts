import { Controller } from '@nestjs/common';
import { type ErasureRequested, type Removed, topics } from '@sestante/contracts';
import { transaction } from '@sestante/postgres';
import { DeadLetters } from '@sestante/runtime';
import { type Batch, done, Handles, type Outcome } from '@sestante/streaming';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { addResult, hasResult } from './results.ts';

/** Deletes what the members of an erased customer had. Nobody writes about them any more: see `EraseCustomers`. */
@Controller()
export class EraseHistory {
  constructor(
    private readonly dataSource: DataSource,
    private readonly deadLetters: DeadLetters,
  ) {}

  @Handles(topics.erasures, { group: 'profile' })
  async handle(batch: Batch<typeof topics.erasures>): Promise<readonly Outcome[]> {
    for (const { data } of batch) await this.erase(data);
    return batch.map(() => done);
  }

  /** The counts are stored in the transaction that deletes, so that a repeat changes nothing. */
  private async erase(request: ErasureRequested): Promise<void> {
    const { erasureId, part, identifiers } = request;
    await transaction(this.dataSource, async (client) => {
      const of = { erasureId, service: 'profile', part } as const;
      if (await hasResult(client, of)) return;
      const letters = await this.deadLetters.erasePerson(client, request);
      const history = part === 0 ? await deleteHistory(client, erasureId) : [];
      const removed = [
        { what: 'identifiers', count: identifiers.length },
        ...history,
        { what: 'dead letters', count: letters },
      ];
      await addResult(client, { ...of, removed, doneAt: new Date().toISOString() });
    });
  }
}

/** How the receipt names the rows of tables; those of others have the name of their table. */
const names: Readonly<Record<string, string>> = {
  trait: 'traits',
  name: 'names',
  fact: 'consents, preferences and attributes',
  note: 'notes',
  consent: 'proofs of consents',
};

async function deleteHistory(client: PoolClient, erasureId: string): Promise<Removed[]> {
  const removed: Removed[] = [{ what: 'activities', count: await deleteActivities(client, erasureId) }];
  for (const table of await tablesOfMembers(client)) {
    const { rowCount } = await client.query(
      `delete from profile.${table} where member_id = any(array(select member_id from profile.erased_member where erasure_id = $1))`,
      [erasureId],
    );
    removed.push({ what: names[table] ?? table, count: rowCount ?? 0 });
  }
  return removed;
}

/** What keeps ids of nobody, the activities, which are deleted apart, and the members, which the request itself deleted. */
const others = ['erased_member', 'moved', 'seen', 'activity', 'member'];

/** All tables with a column `member_id`, so that no table is forgotten that is added later. */
async function tablesOfMembers(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ table: string }>(
    `select c.relname as table
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
      where n.nspname = 'profile' and c.relkind in ('r', 'p') and not c.relispartition
        and a.attname = 'member_id' and not a.attisdropped and c.relname <> all($1::text[])
      order by 1`,
    [others],
  );
  return rows.map(({ table }) => table);
}

/** Deletes the activities. Their ids stay, because an event with the same id must not take effect again, but not whose they were or when they happened. */
async function deleteActivities(client: PoolClient, erasureId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `with gone as (
       delete from profile.activity where member_id = any(array(select member_id from profile.erased_member where erasure_id = $1))
       returning activity_id),
     nameless as (
       update profile.seen set member_id = '00000000-0000-0000-0000-000000000000', occurred_at = received_at
        where activity_id = any(array(select activity_id from gone)))
     select count(*)::int as count from gone`,
    [erasureId],
  );
  return rows[0]!.count;
}
