import { readOfferId } from '@sestante/offer-policy';
import type { DataSource } from 'typeorm';
import type { Membership } from './members.ts';
import { type Status, statuses } from './offers.ts';

/** An answer of a customer to an offer. `offer` is the id or the code of the offer. */
export interface Answer extends Membership {
  readonly offer: string;
  readonly status: Status;
}

/**
 * Sets the status of the customers' own offers to the answered one, if it comes later in `statuses`. If one offer has several answers, the latest status
 * counts. An offer is the customer's own if its member belongs to the same customer now as the member that answers. Resolves to the answers to offers that
 * their customers do not have.
 */
export async function setStatuses(dataSource: DataSource, answers: readonly Answer[]): Promise<Answer[]> {
  if (answers.length === 0) return [];
  const rows = await dataSource.query<{ nth: number }[]>(
    `with found as (
       select a.nth, f.offer_id, array_position($7::text[], a.status) as rank
         from unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::text[]) with ordinality
                as a(member_id, customer_id, moves, offer_id, code, status, nth)
        cross join lateral (
                select offer_id, member_id from offers.offer where offer_id = a.offer_id
                union all
                select offer_id, member_id from offers.offer where code = a.code) as f
        where (select customer_id from offers.member m where m.member_id = f.member_id)
            = coalesce((select customer_id from offers.member m where m.member_id = a.member_id and m.moves > a.moves), a.customer_id)),
     updated as (
       update offers.offer o set status = ($7::text[])[latest.rank]
         from (select offer_id, max(rank) as rank from found group by offer_id) as latest
        where o.offer_id = latest.offer_id and array_position($7::text[], o.status) < latest.rank)
     select nth::int from found`,
    [
      answers.map(({ memberId }) => memberId),
      answers.map(({ customerId }) => customerId),
      answers.map(({ moves }) => moves),
      answers.map(({ offer }) => readOfferId(offer) ?? null),
      answers.map(({ offer }) => offer),
      answers.map(({ status }) => status),
      statuses,
    ],
  );
  const found = new Set(rows.map(({ nth }) => nth));
  return answers.filter((_, index) => !found.has(index + 1));
}
