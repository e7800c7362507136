import type { ActivityScored } from '@sestante/contracts';
import {
  isTriggeredBy,
  type CustomerView,
  decide,
  type OfferMade as Made,
  type Template,
} from '@sestante/offer-policy';
import { parse, v5 as uuidv5 } from 'uuid';
import type { KeptPolicy } from './store/contact-policy.ts';
import type { KeptDecision } from './store/decisions.ts';
import type { NewOffer } from './store/kept-offers.ts';

/** What is known of the customers of a batch. */
export interface Known {
  readonly templates: readonly Template[];
  readonly kept: Pick<KeptPolicy, 'version' | 'policy'>;
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

/** What leads to a decision: a live template answers it. For all else, the catalogue says that none does. */
export function isAnswered(templates: readonly Template[], { name }: Pick<ActivityScored, 'name'>): boolean {
  return templates.some((template) => isTriggeredBy(template, name));
}

/** Decides for each activity, each decision seeing the offers of those before it. */
export function decideBatch(known: Known, activities: readonly ActivityScored[]): DecidedBatch {
  const { now, newCode, kept } = known;
  const made = new Map(known.recent);
  const decisions: KeptDecision[] = [];
  const offers: NewOffer[] = [];
  for (const activity of activities) {
    const { customerId, activityId } = activity;
    const customer = viewOf(activity, made.get(customerId) ?? []);
    const cause = causeOf(activity);
    const { result, candidates, reasons, offer } = decide({
      catalogue: known.templates,
      policy: kept.policy,
      customer,
      cause: { ...cause, at: Date.parse(cause.timestamp) },
      now,
    });
    const decisionId = decisionIdOf(activityId);
    decisions.push({
      decisionId,
      customerId,
      result,
      cause,
      candidates,
      reasons,
      policyVersion: kept.version,
      decidedAt: iso(now),
    });
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

function causeOf({ activityId, name, channel, timestamp }: ActivityScored): KeptDecision['cause'] {
  return { activityId, name, channel, timestamp };
}

function viewOf({ customerId, scores, standing }: ActivityScored, offersMade: readonly Made[]): CustomerView {
  const { offers, personalisation, inDifficulty, openApology } = standing;
  const consent = { offers, personalisation };
  return { customerId, scores: scores.elements, consent, inDifficulty, openApology, offersMade };
}

const iso = (instant: number) => new Date(instant).toISOString();
