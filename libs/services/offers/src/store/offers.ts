import type { OfferMade } from '@sestante/offer-policy';
import { insertingNew, prepared, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { customerOf } from './members.ts';

/** The statuses of an offer in ascending order. A status never changes back to an earlier one of the list. */
export const statuses = ['made', 'seen', 'dismissed', 'accepted', 'refused', 'redeemed'] as const;
export type Status = (typeof statuses)[number];

/** A stored offer. `position` increases with every offer. */
export interface StoredOffer {
  readonly offerId: string;
  readonly position: string;
  readonly decisionId: string;
  /** The member of the cause. */
  readonly memberId: string;
  readonly code: string;
  readonly template: string;
  readonly version: number;
  readonly kind: 'economic' | 'relational';
  readonly element: string;
  readonly title: string;
  readonly reason: string;
  readonly terms: string;
  readonly madeAt: string;
  readonly endsAt: string;
  readonly status: Status | 'expired';
}

export type NewOffer = Omit<StoredOffer, 'position' | 'status'>;

/** The result column `position` is a text. Order by `o.position`, which is the number. */
const columns = `offer_id as "offerId", o.position::text, decision_id as "decisionId", o.member_id as "memberId", code, template, version, kind,
  element, title, reason, terms, made_at as "madeAt", ends_at as "endsAt",
  case when ends_at <= now() and status in ('made', 'seen', 'accepted') then 'expired' else status end as status`;
type Row = Omit<StoredOffer, 'madeAt' | 'endsAt'> & { madeAt: Date; endsAt: Date };
const toStoredOffer = (row: Row): StoredOffer => ({
  ...row,
  madeAt: row.madeAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
});

/** The stored offers with these ids, by decision id. */
export async function findOffers(client: PoolClient, offerIds: readonly string[]): Promise<Map<string, StoredOffer>> {
  if (offerIds.length === 0) return new Map();
  const { rows } = await client.query<Row>({
    name: 'offers-find-offers',
    text: `select ${columns} from offers.offer o where offer_id = any($1::uuid[])`,
    values: [uuidArray(offerIds)],
  });
  return new Map(rows.map((row) => [row.decisionId, toStoredOffer(row)]));
}

/**
 * The offers since an instant (milliseconds since 1970) of the customers to whom these stored members belong, by customer id, for caps and budgets. They are
 * those of all members of each customer.
 */
export async function findRecent(
  client: PoolClient,
  memberIds: readonly string[],
  since: number,
): Promise<Map<string, OfferMade[]>> {
  // `offset 0` keeps the planner from joining whole tables: it looks up each member.
  const { rows } = await client.query<{
    customer_id: string;
    template: string;
    kind: OfferMade['kind'];
    made_at: Date;
  }>({
    name: 'offers-find-recent',
    text: `
      select asked.customer_id, made.*
        from (select distinct customer_id from offers.member where member_id = any($1::uuid[])) as asked
       cross join lateral (select member_id from offers.member m where m.customer_id = asked.customer_id offset 0) as own
       cross join lateral (
               select template, kind, made_at from offers.offer o
                where o.member_id = own.member_id and made_at > $2
               offset 0) as made`,
    values: [uuidArray(memberIds), new Date(since)],
  });
  const recent = new Map<string, OfferMade[]>();
  for (const row of rows) {
    const made = { template: row.template, kind: row.kind, madeAt: row.made_at.getTime() };
    recent.set(row.customer_id, [...(recent.get(row.customer_id) ?? []), made]);
  }
  return recent;
}

/** Adds offers in the order in which they were made. Throws `Race`, also in the rare case that a code exists already: the retry makes new codes. */
export async function addOffers(client: PoolClient, offers: readonly NewOffer[]): Promise<void> {
  if (offers.length === 0) return;
  const statement = {
    name: 'offers-add-offers',
    text: `insert into offers.offer (offer_id, decision_id, member_id, code, template, version, kind, element, title, reason, terms, made_at, ends_at)
     select * from json_to_recordset($1) as row("offerId" uuid, "decisionId" uuid, "memberId" uuid, code text, template text, version int,
            kind text, element text, title text, reason text, terms text, "madeAt" timestamptz, "endsAt" timestamptz)`,
    values: [JSON.stringify(offers)],
  };
  await insertingNew('offers of the batch', () => client.query(statement));
}

/** A page of a customer's stream. */
export interface OfferPage {
  /** The customer to whom the asked id belongs now. */
  readonly customerId: string;
  readonly offers: readonly StoredOffer[];
}

/**
 * The first offers of a customer, by its id or a former one, after a position: at most `limit`, oldest first. With `since` (milliseconds since 1970), only those
 * made since then.
 */
export async function readOffersAfter(
  dataSource: DataSource,
  asked: string,
  page: { position: string; limit: number; since?: number | undefined },
): Promise<OfferPage> {
  const rows = await prepared<OfferPage & (Row | { offerId: null })>(dataSource, {
    name: 'offers-read-after',
    text: `
      select owner.customer_id as "customerId", found.*
        from (select ${customerOf} as customer_id) as owner
        left join lateral (
               select ${columns}
                 from offers.member m
                cross join lateral (
                        select * from offers.offer
                         where member_id = m.member_id and position > $2::bigint and made_at >= $4::timestamptz
                         order by position limit $3) as o
                where m.customer_id = owner.customer_id
                order by o.position limit $3) as found on true
       order by found.position::bigint`,
    values: [asked, page.position, page.limit, page.since === undefined ? '-infinity' : new Date(page.since)],
  });
  const offers = rows.flatMap(({ customerId: _, ...row }) => (row.offerId === null ? [] : [toStoredOffer(row as Row)]));
  return { customerId: rows[0]!.customerId, offers };
}

/** The newest offers of a customer, by its id or a former one, newest first: the first ones, or those before a position. */
export async function readOffers(
  dataSource: DataSource,
  customerId: string,
  limit: number,
  before?: string,
): Promise<StoredOffer[]> {
  const isBefore = before === undefined ? '' : 'and position < $3::bigint';
  const rows = await dataSource.query<Row[]>(
    `select ${columns}
       from offers.member m
      cross join lateral (
              select * from offers.offer where member_id = m.member_id ${isBefore} order by position desc limit $2) as o
      where m.customer_id = ${customerOf}
      order by o.position desc limit $2`,
    [customerId, limit, ...(before === undefined ? [] : [before])],
  );
  return rows.map(toStoredOffer);
}

/** The position of the newest offer of a customer, by its id or a former one; '0' before the first. */
export async function newestPosition(dataSource: DataSource, customerId: string): Promise<string> {
  const [row] = await dataSource.query<{ position: string }[]>(
    `select coalesce(max(newest.position), 0)::text as position
       from offers.member m
      cross join lateral (
              select position from offers.offer where member_id = m.member_id order by position desc limit 1) as newest
      where m.customer_id = ${customerOf}`,
    [customerId],
  );
  return row!.position;
}
