import type { OfferResponse } from './offer-response.ts';
import type { StoredOffer } from './store/offers.ts';

export function toOfferResponse({
  offerId,
  code,
  template,
  kind,
  element,
  title,
  reason,
  terms,
  madeAt,
  endsAt,
  status,
}: StoredOffer): OfferResponse {
  return { offerId, code, template, kind, element, title, reason, terms, madeAt, endsAt, status };
}
