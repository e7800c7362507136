import { type ActivityScored, isTimeZone, type Standing } from '@sestante/contracts';
import type { ContactWishes, CustomerView, OfferMade } from '@sestante/offer-policy';

/** The customer as the offer policy sees it, after an activity. */
export function customerViewOf(
  { customerId, scores, standing }: ActivityScored,
  offersMade: readonly OfferMade[],
): CustomerView {
  const { offers, personalisation, measurement = 'unknown', channels = {}, inDifficulty, openApology } = standing;
  return {
    customerId,
    scores: scores.elements,
    overall: scores.overall,
    consent: { offers, personalisation, measurement },
    channels,
    wishes: wishesOf(standing),
    inDifficulty,
    openApology,
    offersMade,
  };
}

const none: ContactWishes = {};
const aDay = /^\d{4}-\d\d-\d\d$/;

function wishesOf({ quietHours, timeZone, budget, pausedUntil }: Standing): ContactWishes {
  if (!quietHours && !timeZone && !budget && !pausedUntil) return none;
  return {
    ...(quietHours && { quietHours }),
    // A zone that the time zones of this process do not have is as if it were not set: an error would stop all decisions.
    ...(isTimeZone(timeZone) && { timeZone }),
    ...(budget && { budget }),
    ...(pausedUntil && { pausedUntil: aDay.test(pausedUntil) ? pausedUntil : Date.parse(pausedUntil) }),
  };
}
