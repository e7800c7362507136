import { type Envelope, seal, sealMove, topics } from '@sestante/contracts';
import { toPossibleRepeat } from '@sestante/streaming';
import type { MoveEvent } from './moves.ts';
import type { Cause, PublishedDecision } from './store/decisions.ts';
import type { NewOffer } from './store/offers.ts';

/** The stored result of a cause: an offer, or a decision for none. */
export type Result = { readonly cause: Cause; readonly offer: NewOffer } | { readonly decision: PublishedDecision };

/** The message about a result, for the customer to whom it belongs now. */
export function resultMessage(result: Result, customerId: string): Envelope {
  return 'offer' in result ? offerMade(result, customerId) : offerWithheld(result.decision, customerId);
}

function offerMade({ offer, cause }: { offer: NewOffer; cause: Cause }, customerId: string): Envelope {
  const { offerId, decisionId, code, template, kind, element, title, reason, terms, madeAt, endsAt } = offer;
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

function offerWithheld({ decisionId, reasons, decidedAt, cause }: PublishedDecision, customerId: string): Envelope {
  const data = { decisionId, customerId, reasons: [...reasons], decidedAt, cause };
  return seal(topics.offers, { event: 'OfferWithheld', id: decisionId, key: customerId, data });
}

/** The messages about a move. The other copy of the event passes both on once more, so they are possible repeats. */
export function moveMessages(event: MoveEvent): Envelope[] {
  return sealMove(topics.offers, event).map(toPossibleRepeat);
}
