import type { OfferMade } from '@sestante/offer-policy';
import { insertingNew, prepared, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/** The statuses of an offer in ascending order. A status never changes back to an earlier one of the list. */
export const statuses = ['made', 'seen', 'dismissed', 'accepted', 'refused', 'redeemed'] as const;
export type Status = (typeof statuses)[number];

/** A stored offer. `position` increases with every offer. */
export interface StoredOffer {
  readonly offerId: string;
  readonly position: string;
  readonly decisionId: string;
  readonly customerId: string;
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
const columns = `offer_id as "offerId", o.position::text, decision_id as "decisionId", customer_id as "customerId", code, template, version, kind,
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

/** The offers of customers since an instant (milliseconds since 1970), by customer id, for caps and budgets. */
export async function findRecent(
  client: PoolClient,
  customerIds: readonly string[],
  since: number,
): Promise<Map<string, OfferMade[]>> {
  const { rows } = await client.query<{
    customer_id: string;
    template: string;
    kind: OfferMade['kind'];
    made_at: Date;
  }>({
    name: 'offers-find-recent',
    text: 'select customer_id, template, kind, made_at from offers.offer where customer_id = any($1::uuid[]) and made_at > $2',
    values: [uuidArray(customerIds), new Date(since)],
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
    text: `insert into offers.offer (offer_id, decision_id, customer_id, code, template, version, kind, element, title, reason, terms, made_at, ends_at)
     select * from json_to_recordset($1) as row("offerId" uuid, "decisionId" uuid, "customerId" uuid, code text, template text, version int,
            kind text, element text, title text, reason text, terms text, "madeAt" timestamptz, "endsAt" timestamptz)`,
    values: [JSON.stringify(offers)],
  };
  await insertingNew('offers of the batch', () => client.query(statement));
}

/** The first offers of a customer after a position, at most `limit`, oldest first. */
export async function readOffersAfter(
  dataSource: DataSource,
  customerId: string,
  page: { position: string; limit: number },
): Promise<StoredOffer[]> {
  const rows = await prepared<Row>(dataSource, {
    name: 'offers-read-after',
    text: `select ${columns} from offers.offer o where customer_id = $1 and o.position > $2::bigint order by o.position limit $3`,
    values: [customerId, page.position, page.limit],
  });
  return rows.map(toStoredOffer);
}

/** The newest offers of a customer, newest first. */
export async function readOffers(dataSource: DataSource, customerId: string, limit: number): Promise<StoredOffer[]> {
  const rows = await dataSource.query<Row[]>(
    `select ${columns} from offers.offer o where customer_id = $1 order by o.position desc limit $2`,
    [customerId, limit],
  );
  return rows.map(toStoredOffer);
}

/** The position of the newest offer; '0' before the first. */
export async function newestPosition(dataSource: DataSource, customerId: string): Promise<string> {
  const [row] = await dataSource.query<{ position: string }[]>(
    'select coalesce(max(position), 0)::text as position from offers.offer where customer_id = $1',
    [customerId],
  );
  return row!.position;
}

/** An answer of a customer to an offer. `offer` is the id or the code of the offer. */
export interface Answer {
  readonly customerId: string;
  readonly offer: string;
  readonly status: Status;
}

/**
 * Sets the status of the customers' own offers to the answered one, if it comes later in `statuses`. If one offer has several answers, the latest status
 * counts. Resolves to the answers to offers that their customers do not have.
 */
export async function setStatuses(dataSource: DataSource, answers: readonly Answer[]): Promise<Answer[]> {
  if (answers.length === 0) return [];
  const rows = await dataSource.query<{ nth: number }[]>(
    `with found as (
       select a.nth, f.offer_id, array_position($4::text[], a.status) as rank
         from unnest($1::uuid[], $2::text[], $3::text[]) with ordinality as a(customer_id, offer, status, nth)
         join offers.offer f on f.customer_id = a.customer_id and (f.offer_id::text = a.offer or f.code = a.offer)),
     updated as (
       update offers.offer o set status = ($4::text[])[latest.rank]
         from (select offer_id, max(rank) as rank from found group by offer_id) as latest
        where o.offer_id = latest.offer_id and array_position($4::text[], o.status) < latest.rank)
     select nth::int from found`,
    [
      answers.map(({ customerId }) => customerId),
      answers.map(({ offer }) => offer),
      answers.map(({ status }) => status),
      statuses,
    ],
  );
  const found = new Set(rows.map(({ nth }) => nth));
  return answers.filter((_, index) => !found.has(index + 1));
}
