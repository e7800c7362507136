import type { Channel } from '@sestante/contracts';
import type { Identifier } from '@sestante/identity';
import type { Static } from 'typebox';
import type { DataSource } from 'typeorm';
import { type LatestValues, setIfLater, type StandingEntry } from '../standing-entries.ts';

/** A member of a customer, as it is stored. */
export interface ReadMember extends Pick<Identifier, 'kind' | 'value'> {
  readonly memberId: string;
  /** When the identifier became known. */
  readonly knownAt: Date;
  readonly isVerified: boolean;
  /** Somebody else than a page has named it. */
  readonly isConfirmed: boolean;
  /** Its first and last kept activity. */
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
}

/** The latest value of a trait over all members; null if somebody has removed it. */
export interface ReadTrait {
  readonly name: string;
  readonly value: unknown;
  readonly setAt: Date;
  /** The id of the source. */
  readonly source: string;
}

/** What the latest activities say about where the customer is. */
export interface ReadPlaces {
  /** With the instant of the latest activity in each, latest first. */
  readonly channels: ReadonlyMap<Static<typeof Channel>, Date>;
  readonly stores: ReadonlyMap<string, Date>;
  /** Whether the customer has more activities than were looked at. */
  readonly isRecentOnly: boolean;
}

/** The members of a customer by its present id, in the order in which they became known. Reads the index of the timeline at both ends of each member. */
export function readMembersOf(dataSource: DataSource, customerId: string): Promise<ReadMember[]> {
  const oneOf = (order: 'asc' | 'desc') =>
    `(select occurred_at from profile.activity a where a.member_id = m.member_id order by a.occurred_at ${order} limit 1)`;
  return dataSource.query<ReadMember[]>(
    `select m.member_id as "memberId", m.kind, m.value, m.first_seen_at as "knownAt", m.is_verified as "isVerified", m.is_confirmed as "isConfirmed",
            ${oneOf('asc')} as "firstAt", ${oneOf('desc')} as "lastAt"
       from profile.member m where m.customer_id = $1 order by m.first_seen_at, m.member_id`,
    [customerId],
  );
}

/** The traits of a customer by its present id, by name. */
export function readTraitsOf(dataSource: DataSource, customerId: string): Promise<ReadTrait[]> {
  return dataSource.query<ReadTrait[]>(
    `select distinct on (t.name collate "C") t.name, t.value, t.set_at as "setAt", t.source
       from profile.member m join profile.trait t using (member_id)
      where m.customer_id = $1
      order by t.name collate "C", t.set_at desc, t.received_at desc, t.sequence desc, t.value::text collate "C" desc`,
    [customerId],
  );
}

/** The latest values of the standing of a customer by its present id. */
export async function readStandingOf(dataSource: DataSource, customerId: string): Promise<LatestValues> {
  const entries = await dataSource.query<(Omit<StandingEntry, 'setAt'> & { readonly setAt: Date })[]>(
    `select fact as field, value, set_at as "setAt" from profile.fact where customer_id = $1`,
    [customerId],
  );
  const latest: LatestValues = new Map();
  for (const { field, value, setAt } of entries) setIfLater(latest, { field, value, setAt: setAt.toISOString() });
  return latest;
}

/** The latest activities of a customer that are looked at for channels and stores. All of them could be many. */
export const mostRecent = 500;

/** Where a customer, by its present id, was seen lately. */
export async function readPlacesOf(dataSource: DataSource, customerId: string): Promise<ReadPlaces> {
  const rows = await dataSource.query<
    { channel: Static<typeof Channel>; at: Date; properties: { store_id?: unknown } | null }[]
  >(
    `select a.channel, a.occurred_at as at, case when a.properties::text like '%"store_id"%' then a.properties end as properties
       from profile.member m
      cross join lateral (
              select channel, occurred_at, properties from profile.activity b
               where b.member_id = m.member_id order by b.occurred_at desc limit $2) a
      where m.customer_id = $1 order by a.occurred_at desc limit $2`,
    [customerId, mostRecent + 1],
  );
  const channels = new Map<Static<typeof Channel>, Date>();
  const stores = new Map<string, Date>();
  for (const { channel, at, properties } of rows.slice(0, mostRecent)) {
    if (!channels.has(channel)) channels.set(channel, at);
    const store = properties?.store_id;
    if ((typeof store === 'string' || typeof store === 'number') && !stores.has(String(store)))
      stores.set(String(store), at);
  }
  return { channels, stores, isRecentOnly: rows.length > mostRecent };
}
