import type { ScoreChanged } from '@sestante/contracts';
import {
  type ContactPolicy,
  type CustomerView,
  decide,
  type OfferMade as Made,
  type Template,
} from '@sestante/offer-policy';
import { parse, v5 as uuidv5 } from 'uuid';
import { type Standing, standingOf } from './standing.ts';
import type { KeptDecision } from './store/decisions.ts';
import type { NewOffer } from './store/kept-offers.ts';

/** What is known of the customers of a batch. */
export interface Known {
  readonly templates: readonly Template[];
  readonly policy: ContactPolicy;
  readonly standings: ReadonlyMap<string, Standing>;
  readonly recent: ReadonlyMap<string, readonly Made[]>;
  readonly now: number;
  /** Gives a code that nobody can guess. */
  readonly newCode: () => string;
}

/** Decisions and the offers among them, in the order of their causes. */
export interface DecidedBatch {
  readonly decisions: readonly KeptDecision[];
  readonly offers: readonly NewOffer[];
}

/** The namespace of decision ids: a cause leads to one decision, however often it is delivered. */
const namespace = parse('d1d3c7c0-5e57-5a47-8e00-000000000001');

export const decisionIdOf = (causeActivityId: string): string => uuidv5(causeActivityId, namespace);
/** The id of the offer that a decision leads to, if it leads to one. */
export const offerIdOf = (decisionId: string): string => uuidv5(decisionId, namespace);

/** Decides for each moved score, each decision seeing the offers of those before it. */
export function decideBatch(known: Known, moved: readonly ScoreChanged[]): DecidedBatch {
  const { now, newCode } = known;
  const made = new Map(known.recent);
  const decisions: KeptDecision[] = [];
  const offers: NewOffer[] = [];
  for (const score of moved) {
    const { customerId } = score;
    const customer = viewOf(score, known.standings.get(customerId) ?? standingOf([]), made.get(customerId) ?? []);
    const cause = { ...score.cause, at: Date.parse(score.cause.timestamp) };
    const { result, candidates, reasons, offer } = decide({
      catalogue: known.templates,
      policy: known.policy,
      customer,
      cause,
      now,
    });
    const decisionId = decisionIdOf(score.cause.activityId);
    decisions.push({ decisionId, customerId, result, cause: score.cause, candidates, reasons, decidedAt: iso(now) });
    if (!offer) continue;
    offers.push({
      offerId: offerIdOf(decisionId),
      decisionId,
      customerId,
      code: newCode(),
      ...offer,
      madeAt: iso(offer.madeAt),
      endsAt: iso(offer.endsAt),
    });
    made.set(customerId, [
      ...customer.offersMade,
      { template: offer.template, kind: offer.kind, madeAt: offer.madeAt },
    ]);
  }
  return { decisions, offers };
}

function viewOf({ customerId, elements }: ScoreChanged, standing: Standing, offersMade: readonly Made[]): CustomerView {
  const { offers, personalisation, inDifficulty, openApology } = standing;
  return { customerId, scores: elements, consent: { offers, personalisation }, inDifficulty, openApology, offersMade };
}

const iso = (instant: number) => new Date(instant).toISOString();
