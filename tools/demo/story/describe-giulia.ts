import { readApi } from '../../sestante/read-api.ts';
import type { Target } from '../../sestante/target.ts';
import { type Element, elements, type Explanation, type Offer, type Scores } from './answers.ts';
import { paint, paragraph } from './paint.ts';
import { showOffer } from './show-offer.ts';
import { showReasons } from './show-reasons.ts';
import { showScores } from './show-scores.ts';

/** Giulia's day and its results. */
export interface GiuliasDay {
  readonly customerId: string;
  /** Her scores immediately before. */
  readonly before: Scores;
  readonly offer: Offer | undefined;
  readonly tookMs: number;
  readonly now: number;
}

/** Describes a good relationship of several weeks, one bad day, and the reaction of Sestante. */
export async function describeGiulia(target: Target, day: GiuliasDay): Promise<string[]> {
  const { customerId, before, offer, tookMs, now } = day;
  const path = `/api/v1/customers/${customerId}/scores`;
  const scores = await readApi<Scores>(target, path);
  const element = largestFall(before, scores);
  const explanation = await readApi<Explanation>(target, `${path}/${element}/explanation?scale=mood`);
  return [
    paint('bold', 'Giulia Ferri'),
    ...paragraph('', 'She has been satisfied for weeks: punctual parcels, a good review, thanks on the phone.'),
    ...paragraph('', 'A minute ago her parcel arrived, three days after the promised day.'),
    '',
    ...showScores(scores, before),
    '',
    `Why her mood in ${paint('bold', element)} has this value:`,
    ...showReasons(explanation, now),
    '',
    offer
      ? `${paint('bold', `${tookMs} ms`)} after the shop sent the event, on her phone:`
      : 'No offer reached her phone in time.',
    ...(offer ? showOffer(offer) : []),
  ];
}

/** The element in which the mood fell most. */
function largestFall(before: Scores, after: Scores): Element {
  const fall = (element: Element) => (before.elements[element].mood ?? 0) - (after.elements[element].mood ?? 0);
  return elements.reduce((most, element) => (fall(element) > fall(most) ? element : most));
}
