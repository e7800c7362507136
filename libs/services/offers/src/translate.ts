import type { ShownOffer } from './shown-offer.ts';
import type { KeptOffer } from './store/kept-offers.ts';

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
}: KeptOffer): ShownOffer {
  return { offerId, code, template, kind, element, title, reason, terms, madeAt, endsAt, status };
}
