import type { ShownOffer } from './shown-offer.ts';
import type { StoredOffer } from './store/offers.ts';

export function toShown({
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
}: StoredOffer): ShownOffer {
  return { offerId, code, template, kind, element, title, reason, terms, madeAt, endsAt, status };
}
