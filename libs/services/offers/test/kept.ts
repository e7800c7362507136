import { seal, topics } from '@sestante/contracts';
import type { ServiceUnderTest } from '@sestante/runtime/testing';
import { aMove, causeOf, iso, idOf, noon } from './builders.ts';

/** Keeps so many offers for a customer, as the service does when it makes them, without waking anybody. Their titles are numbered from 1. */
export async function keepOffers(service: ServiceUnderTest, name: string, count: number): Promise<void> {
  await service.query(
    `with made as (
       insert into offers.decision (decision_id, customer_id, result, cause, candidates, reasons, policy_version, decided_at, nth)
       select gen_random_uuid(), $1, 'offer', '{}', '[]', '[]', 1, now(), 0 from generate_series(1, $2::int) returning decision_id
     )
     insert into offers.offer (offer_id, decision_id, customer_id, code, template, version, kind, element, title, reason, terms, made_at, ends_at)
     select gen_random_uuid(), decision_id, $1, gen_random_uuid(), 'kept', 1, 'relational', 'trust', 'title ' || row_number() over (),
            repeat('because ', 100), 'terms', now(), now() + interval '1 day' from made`,
    [idOf(name), count],
  );
}

/** Says that a customer got an offer, as the service does after it has kept it: this wakes whoever listens. */
export async function wake(service: ServiceUnderTest, name: string): Promise<void> {
  const data = {
    offerId: idOf('an offer'),
    decisionId: idOf('a decision'),
    customerId: idOf(name),
    code: 'CODE',
    template: 'kept',
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
