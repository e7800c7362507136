import { Injectable } from '@nestjs/common';
import type { Removed } from '@sestante/contracts';
import { identifierKey, type IdentifierKind } from '@sestante/identity';
import { uuidArray } from '@sestante/postgres';
import { ErasedIdentifiers, InjectStream } from '@sestante/runtime';
import type { Stream } from '@sestante/streaming';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { v4 as uuidv4 } from 'uuid';
import { removeExportsOf } from '../export/remove-exports.ts';
import { lockIdentities } from '../store/identity-lock.ts';
import { lockStandings } from '../store/standing-locks.ts';
import { tellErasure } from './tell-erasures.ts';

interface ErasedMember {
  readonly memberId: string;
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly moves: number;
}

/** Erases customers. What they had is deleted afterwards, by `EraseHistory`: from then on, nobody finds it any more. */
@Injectable()
export class EraseCustomers {
  private readonly erased = new ErasedIdentifiers('profile');

  constructor(
    private readonly dataSource: DataSource,
    @InjectStream() private readonly stream: Stream,
  ) {}

  /** What this service would remove of a customer, by its present id. */
  async preview(customerId: string): Promise<Removed[]> {
    const [row] = await this.dataSource.query<Record<string, number>[]>(
      `with own as (select member_id from profile.member where customer_id = $1)
       select (select count(*)::int from own) as identifiers,
              (select count(*)::int from profile.activity join own using (member_id)) as activities,
              (select count(*)::int from profile.trait join own using (member_id)) as traits,
              (select count(*)::int from profile.fact join own using (member_id)) as "consents, preferences and attributes",
              (select count(*)::int from profile.note join own using (member_id)) as notes`,
      [customerId],
    );
    return Object.entries(row!).map(([what, count]) => ({ what, count }));
  }

  /**
   * Erases the customer to whom the id belongs. Resolves to the id of the erasure; undefined if there is no such customer any more.
   *
   * No other process changes identities meanwhile. A batch that has read one of the members before either was committed before, or it finds the member in
   * `profile.moved`, starts again, and then finds the hash of its identifier. So nobody writes anything about the members once this is committed.
   */
  async erase(id: string): Promise<string | undefined> {
    const erasureId = uuidv4();
    let isErased = false;
    await tellErasure(this.stream, this.dataSource, async (client) => {
      await lockIdentities(client, 'alone');
      const { customerId, members } = await lockCustomer(client, id);
      isErased = members.length > 0;
      if (!isErased) return undefined;
      await lockStandings(client, { read: [], changed: new Set([customerId]) });
      const erasedAt = await databaseTime(client);
      await this.erased.add(client, members.map(identifierKey), erasedAt);
      await removeExportsOf(
        client,
        members.map(({ memberId }) => memberId),
      );
      await removeMembers(client, erasureId, members);
      return { erasureId, customerId, members, erasedAt };
    });
    return isErased ? erasureId : undefined;
  }
}

async function lockCustomer(client: PoolClient, id: string): Promise<{ customerId: string; members: ErasedMember[] }> {
  const { rows } = await client.query<ErasedMember & { customerId: string }>(
    `select member_id as "memberId", kind, value, moves, customer_id as "customerId" from profile.member
      where customer_id = (select customer_id from profile.member where member_id = $1) order by member_id for update`,
    [id],
  );
  return { customerId: rows[0]?.customerId ?? id, members: rows };
}

async function databaseTime(client: PoolClient): Promise<Date> {
  const { rows } = await client.query<{ now: Date }>(`select date_trunc('milliseconds', clock_timestamp()) as now`);
  return rows[0]!.now;
}

/** Removes the members with all that links them, and keeps their ids. Members of other customers lose their links with them. */
async function removeMembers(client: PoolClient, erasureId: string, members: readonly ErasedMember[]): Promise<void> {
  const memberIds = uuidArray(members.map(({ memberId }) => memberId));
  await client.query(
    'insert into profile.erased_member (member_id, erasure_id) select m, $2 from unnest($1::uuid[]) as m',
    [memberIds, erasureId],
  );
  await client.query(
    `insert into profile.moved (member_id, customer_id, former_id, moves, is_merge, is_told)
     select member_id, member_id, customer_id, moves + 1, false, true from profile.member where member_id = any($1::uuid[])`,
    [memberIds],
  );
  await client.query(
    `with gone as (
       delete from profile.link
        where link_id in (select link_id from profile.link where member_a = any($1::uuid[])
                           union select link_id from profile.link where member_b = any($1::uuid[]))
       returning member_a, member_b)
     update profile.member m set first_partner = null, first_linked_at = null, first_by_page = false, revision = m.revision + 1
       from (select member_a as member_id from gone union select member_b from gone) as linked
      where m.member_id = linked.member_id and m.first_partner = any($1::uuid[]) and m.member_id <> all($1::uuid[])`,
    [memberIds],
  );
  await client.query('delete from profile.separation where member_a = any($1::uuid[]) or member_b = any($1::uuid[])', [
    memberIds,
  ]);
  await client.query('delete from profile.member where member_id = any($1::uuid[])', [memberIds]);
}
