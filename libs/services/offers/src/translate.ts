import type { KeptOffer } from './store/kept-offers.ts';

/** An offer as clients see it. */
export type ShownOffer = Pick<
  KeptOffer,
  'offerId' | 'code' | 'template' | 'kind' | 'element' | 'title' | 'reason' | 'terms' | 'madeAt' | 'endsAt' | 'status'
>;

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
