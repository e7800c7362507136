import { seal, topics } from '@sestante/contracts';
import type { ServiceUnderTest } from '@sestante/runtime/testing';
import { aMove, causeOf, iso, idOf, noon } from './builders.ts';

/** Stores this many offers for the member of a customer, as the service does, but publishes nothing. Their titles are numbered from 1. */
export async function storeOffers(service: ServiceUnderTest, name: string, count: number): Promise<void> {
  await service.query('insert into offers.member (member_id, customer_id) values ($1, $2) on conflict do nothing', [
    idOf(`member of ${name}`),
    idOf(name),
  ]);
  await service.query(
    `insert into offers.offer (offer_id, decision_id, member_id, code, template, version, kind, element, title, reason, terms, made_at, ends_at)
     select gen_random_uuid(), gen_random_uuid(), $1, gen_random_uuid(), 'stored', 1, 'relational', 'trust', 'title ' || n,
            repeat('because ', 100), 'terms', now(), now() + interval '1 day' from generate_series(1, $2::int) n`,
    [idOf(`member of ${name}`), count],
  );
}

/** Publishes that a customer got an offer, as the service does after it has stored one: open streams of the customer then read the database. */
export async function announceOffer(service: ServiceUnderTest, name: string): Promise<void> {
  const data = {
    offerId: idOf('an offer'),
    decisionId: idOf('a decision'),
    customerId: idOf(name),
    code: 'CODE',
    template: 'stored',
    kind: 'relational' as const,
    element: 'trust',
    title: 'title',
    reason: 'reason',
    terms: 'terms',
    madeAt: iso(noon),
    endsAt: iso(noon),
    cause: causeOf(aMove(name)),
  };
  const message = seal(topics.offers, { event: 'OfferMade', id: data.offerId, key: data.customerId, data });
  await service.publish(topics.offers.name, [message]);
}
