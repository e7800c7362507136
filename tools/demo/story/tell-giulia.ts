import { readApi } from '../../sestante/read-api.ts';
import type { Target } from '../../sestante/target.ts';
import { type Element, elements, type Explanation, type Offer, type Scores } from './answers.ts';
import { paint, paragraph } from './paint.ts';
import { showOffer } from './show-offer.ts';
import { showReasons } from './show-reasons.ts';
import { showScores } from './show-scores.ts';

/** What happened to Giulia today, and what it led to. */
export interface GiuliasDay {
  readonly customerId: string;
  /** Her scores as they were a moment before. */
  readonly before: Scores;
  readonly offer: Offer | undefined;
  readonly tookMs: number;
  readonly now: number;
}

/** A relationship of weeks, one bad day, and what Sestante makes of it. */
export async function tellGiulia(target: Target, day: GiuliasDay): Promise<string[]> {
  const { customerId, before, offer, tookMs, now } = day;
  const path = `/api/v1/customers/${customerId}/scores`;
  const scores = await readApi<Scores>(target, path);
  const element = fallen(before, scores);
  const explanation = await readApi<Explanation>(target, `${path}/${element}/explanation?scale=mood`);
  return [
    paint('bold', 'Giulia Ferri'),
    ...paragraph('', 'She has been content for weeks: parcels on the day, a good review, thanks on the phone.'),
    ...paragraph('', 'A minute ago her parcel came, three days late. The day had been promised.'),
    '',
    ...showScores(scores, before),
    '',
    `Why her mood in ${paint('bold', element)} is what it is:`,
    ...showReasons(explanation, now),
    '',
    offer
      ? `${paint('bold', `${tookMs} ms`)} after the shop said so, on her phone:`
      : 'No offer reached her phone in time.',
    ...(offer ? showOffer(offer) : []),
  ];
}

/** The element in which the mood fell most. */
function fallen(before: Scores, after: Scores): Element {
  const fall = (element: Element) => (before.elements[element].mood ?? 0) - (after.elements[element].mood ?? 0);
  return elements.reduce((most, element) => (fall(element) > fall(most) ? element : most));
}
