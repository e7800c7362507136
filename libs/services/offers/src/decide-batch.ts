import type { ActivityScored } from '@sestante/contracts';
import { decide, isTriggeredBy, type OfferMade as EarlierOffer, type Template } from '@sestante/offer-policy';
import { customerViewOf } from './customer-view.ts';
import { mayCause } from './may-cause.ts';
import { decisionIdOf, offerIdOf } from './decision-id.ts';
import type { StoredPolicy } from './store/contact-policy.ts';
import type { StoredDecision } from './store/decisions.ts';
import type { NewOffer } from './store/offers.ts';

/** The input of the decisions of a batch, apart from its activities. */
export interface DecisionContext {
  readonly templates: readonly Template[];
  readonly contactPolicy: Pick<StoredPolicy, 'version' | 'policy'>;
  /** The earlier offers, by customer id. */
  readonly recent: ReadonlyMap<string, readonly EarlierOffer[]>;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** Returns a random code that cannot be guessed. */
  readonly newCode: () => string;
}

/** Decisions and their offers, in the order of their causes. */
export interface DecidedBatch {
  readonly decisions: readonly StoredDecision[];
  readonly offers: readonly NewOffer[];
}

/** Whether an activity leads to a decision: at least one live template answers it. */
export function isAnswered(templates: readonly Template[], { name }: Pick<ActivityScored, 'name'>): boolean {
  return templates.some((template) => isTriggeredBy(template, name));
}

/** Decides on each activity, in order. Each decision counts the offers of the earlier ones. The activities have the present customer of their member. */
export function decideBatch(context: DecisionContext, activities: readonly ActivityScored[]): DecidedBatch {
  const { now, newCode, contactPolicy } = context;
  const made = new Map(context.recent);
  const decisions: StoredDecision[] = [];
  const offers: NewOffer[] = [];
  for (const activity of activities) {
    const { customerId, memberId, activityId, properties } = activity;
    const customer = customerViewOf(activity, made.get(customerId) ?? []);
    const cause = causeOf(activity);
    const { result, candidates, reasons, offer } = decide({
      catalogue: context.templates,
      policy: contactPolicy.policy,
      customer,
      cause: { ...cause, at: Date.parse(cause.timestamp), mayCause: mayCause(activity), properties },
      now,
    });
    const decisionId = decisionIdOf(activityId);
    decisions.push({
      decisionId,
      memberId,
      result,
      cause,
      candidates,
      reasons,
      policyVersion: contactPolicy.version,
      decidedAt: iso(now),
    });
    if (!offer) continue;
    offers.push({
      offerId: offerIdOf(decisionId),
      decisionId,
      memberId,
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

/** The activity as the cause of a decision. */
export function causeOf({ activityId, name, channel, timestamp }: ActivityScored): StoredDecision['cause'] {
  return { activityId, name, channel, timestamp };
}

const iso = (instant: number) => new Date(instant).toISOString();
