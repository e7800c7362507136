import { type Envelope, seal, topics } from '@sestante/contracts';
import type { Cause, PublishedDecision } from './store/decisions.ts';
import type { NewOffer } from './store/offers.ts';

/** The message about an offer that a customer got. */
export function offerMade(offer: NewOffer, cause: Cause): Envelope {
  const { offerId, decisionId, customerId, code, template, kind, element, title, reason, terms, madeAt, endsAt } =
    offer;
  const data = {
    offerId,
    decisionId,
    customerId,
    code,
    template,
    kind,
    element,
    title,
    reason,
    terms,
    madeAt,
    endsAt,
    cause,
  };
  return seal(topics.offers, { event: 'OfferMade', id: offerId, key: customerId, data });
}

/** The message about a decision for no offer. */
export function offerWithheld({ decisionId, customerId, reasons, decidedAt, cause }: PublishedDecision): Envelope {
  const data = { decisionId, customerId, reasons: [...reasons], decidedAt, cause };
  return seal(topics.offers, { event: 'OfferWithheld', id: decisionId, key: customerId, data });
}
