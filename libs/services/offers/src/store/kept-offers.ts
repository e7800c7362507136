import type { OfferMade } from '@sestante/offer-policy';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/** What became of an offer, in the order in which it can happen; a later one is never taken back by an earlier one. */
export const statuses = ['made', 'seen', 'dismissed', 'accepted', 'refused', 'redeemed'] as const;
export type Status = (typeof statuses)[number];

/** An offer as it is kept. `position` grows with every offer. */
export interface KeptOffer {
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

export type NewOffer = Omit<KeptOffer, 'position' | 'status'>;

const columns = `offer_id as "offerId", position::text, decision_id as "decisionId", customer_id as "customerId", code, template, version, kind,
  element, title, reason, terms, made_at as "madeAt", ends_at as "endsAt",
  case when ends_at <= now() and status in ('made', 'seen', 'accepted') then 'expired' else status end as status`;
type Row = Omit<KeptOffer, 'madeAt' | 'endsAt'> & { madeAt: Date; endsAt: Date };
const kept = (row: Row): KeptOffer => ({ ...row, madeAt: row.madeAt.toISOString(), endsAt: row.endsAt.toISOString() });

/** The offers that these decisions led to, by decision. */
export async function findOffers(client: PoolClient, decisionIds: readonly string[]): Promise<Map<string, KeptOffer>> {
  const { rows } = await client.query<Row>(`select ${columns} from offers.offer where decision_id = any($1::uuid[])`, [
    decisionIds,
  ]);
  return new Map(rows.map((row) => [row.decisionId, kept(row)]));
}

/** What customers were offered since an instant (milliseconds since 1970), for caps and budgets. */
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
    values: [customerIds, new Date(since)],
  });
  const recent = new Map<string, OfferMade[]>();
  for (const row of rows) {
    const made = { template: row.template, kind: row.kind, madeAt: row.made_at.getTime() };
    recent.set(row.customer_id, [...(recent.get(row.customer_id) ?? []), made]);
  }
  return recent;
}

export async function addOffers(client: PoolClient, offers: readonly NewOffer[]): Promise<void> {
  if (offers.length === 0) return;
  await client.query(
    `insert into offers.offer (offer_id, decision_id, customer_id, code, template, version, kind, element, title, reason, terms, made_at, ends_at)
     select * from json_to_recordset($1) as row("offerId" uuid, "decisionId" uuid, "customerId" uuid, code text, template text, version int,
            kind text, element text, title text, reason text, terms text, "madeAt" timestamptz, "endsAt" timestamptz)`,
    [JSON.stringify(offers)],
  );
}

/** The offers of a customer after a position, oldest first. */
export async function readOffersAfter(
  dataSource: DataSource,
  customerId: string,
  position: string,
): Promise<KeptOffer[]> {
  const rows = await dataSource.query<Row[]>(
    `select ${columns} from offers.offer where customer_id = $1 and position > $2::bigint order by position limit 500`,
    [customerId, position],
  );
  return rows.map(kept);
}

/** The newest offers of a customer, newest first. */
export async function readOffers(dataSource: DataSource, customerId: string, limit: number): Promise<KeptOffer[]> {
  const rows = await dataSource.query<Row[]>(
    `select ${columns} from offers.offer where customer_id = $1 order by position desc limit $2`,
    [customerId, limit],
  );
  return rows.map(kept);
}

/** The position of the newest offer; '0' before the first. */
export async function newestPosition(dataSource: DataSource, customerId: string): Promise<string> {
  const [row] = await dataSource.query<{ position: string }[]>(
    'select coalesce(max(position), 0)::text as position from offers.offer where customer_id = $1',
    [customerId],
  );
  return row!.position;
}

/** An answer of a customer to an offer, which it names by its id or its code. */
export interface Answer {
  readonly customerId: string;
  readonly offer: string;
  readonly status: Status;
}

/** Moves the customers' own offers forward to what was answered; never back. */
export async function setStatuses(dataSource: DataSource, answers: readonly Answer[]): Promise<void> {
  const byRank = [...answers].sort((a, b) => statuses.indexOf(a.status) - statuses.indexOf(b.status));
  for (const { customerId, offer, status } of byRank) {
    await dataSource.query(
      `update offers.offer set status = $3 where customer_id = $1 and (offer_id::text = $2 or code = $2)
          and array_position($4::text[], status) < array_position($4::text[], $3)`,
      [customerId, offer, status, statuses],
    );
  }
}
