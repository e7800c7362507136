import { randomBytes } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { type ActivityScored, type Envelope, seal, topics } from '@sestante/contracts';
import { codeOf, readCode, readOfferId } from '@sestante/offer-policy';
import { InjectStream } from '@sestante/runtime';
import { type Batch, done, distinctData, Handles, type Outcome, type Stream, unitOfWork } from '@sestante/streaming';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { Catalogue } from './catalogue.ts';
import { decideBatch, decisionIdOf, isAnswered, offerIdOf } from './decide-batch.ts';
import { findPolicy, type StoredPolicy } from './store/contact-policy.ts';
import { addDecisions, findDecisions, type StoredDecision } from './store/decisions.ts';
import { MissingOffers } from './missing-offers.ts';
import {
  addOffers,
  type Answer,
  findOffers,
  findRecent,
  type NewOffer,
  setStatuses,
  type Status,
  statuses,
} from './store/offers.ts';

const dayMs = 86_400_000;
const newCode = () => codeOf(randomBytes(16));

/** Updates the status of offers that customers answered. Decides on an offer for every activity that a template answers, and publishes the result. */
@Controller()
export class DecideOffers {
  constructor(
    private readonly dataSource: DataSource,
    private readonly catalogue: Catalogue,
    private readonly missing: MissingOffers,
    @InjectStream() private readonly stream: Stream,
  ) {}

  @Handles(topics.scores, { group: 'offers' })
  async handle(batch: Batch<typeof topics.scores>): Promise<readonly Outcome[]> {
    const activities = distinctData<ActivityScored>(batch, ({ activityId }) => activityId);
    this.missing.count(await setStatuses(this.dataSource, activities.flatMap(answerOf)));
    await this.decide(activities.filter((activity) => isAnswered(this.catalogue.templates, activity)));
    return batch.map(() => done);
  }

  /**
   * Decides in one transaction, by the contact policy that is current when it begins. A cause with a stored decision keeps it, and the decision is published
   * again. Messages keep the order of the batch.
   */
  private async decide(activities: readonly ActivityScored[]): Promise<void> {
    if (activities.length === 0) return;
    const { templates } = this.catalogue;
    const now = Date.now();
    await unitOfWork(this.stream, this.dataSource, async (client) => {
      const contactPolicy = await currentPolicy(client);
      const since = now - dayMs * Math.max(contactPolicy.policy.perDays, ...templates.map(({ caps }) => caps.perDays));
      const customerIds = [...new Set(activities.map(({ customerId }) => customerId))];
      const decisionIds = activities.map(({ activityId }) => decisionIdOf(activityId));
      const [decisionsById, recent] = await Promise.all([
        findDecisions(client, decisionIds),
        findRecent(client, customerIds, since),
      ]);
      const storedOffers = await findOffers(client, [...decisionsById.keys()].map(offerIdOf));
      const offersByDecision = new Map<string, NewOffer>(storedOffers);
      const undecided = activities.filter((_, index) => !decisionsById.has(decisionIds[index]!));
      const { decisions, offers } = decideBatch({ templates, contactPolicy, recent, now, newCode }, undecided);
      await Promise.all([addDecisions(client, decisions), addOffers(client, offers)]);
      for (const decision of decisions) decisionsById.set(decision.decisionId, decision);
      for (const offer of offers) offersByDecision.set(offer.decisionId, offer);
      const messages = decisionIds.map((id) => toMessage(decisionsById.get(id)!, offersByDecision.get(id)));
      return [{ topic: topics.offers.name, messages }];
    });
  }
}

async function currentPolicy(client: PoolClient): Promise<StoredPolicy> {
  const current = await findPolicy(client);
  if (!current) throw Object.assign(new Error('The database has no contact policy.'), { retriable: true });
  return current;
}

/** The answer in an activity such as `offer.redeemed`, as a list of one or none. It names the offer by `offer_id` or `code`, in any usual spelling. */
function answerOf({ customerId, name, properties }: ActivityScored): Answer[] {
  const status = name.startsWith('offer.') ? (name.slice('offer.'.length) as Status) : undefined;
  const named = properties['offer_id'] ?? properties['code'];
  if (!status || !statuses.includes(status) || typeof named !== 'string') return [];
  return [{ customerId, offer: readOfferId(named) ?? readCode(named) ?? named, status }];
}

function toMessage(
  { decisionId, customerId, reasons, decidedAt, cause }: StoredDecision,
  offer: NewOffer | undefined,
): Envelope {
  if (!offer) {
    const data = { decisionId, customerId, reasons: [...reasons], decidedAt, cause };
    return seal(topics.offers, { event: 'OfferWithheld', id: decisionId, key: customerId, data });
  }
  const { offerId, code, template, kind, element, title, reason, terms, madeAt, endsAt } = offer;
  const data = {
    offerId,
    decisionId,
    customerId,
    code,
    template,
    kind,
    element,
    title,
    reason,
    terms,
    madeAt,
    endsAt,
    cause,
  };
  return seal(topics.offers, { event: 'OfferMade', id: offerId, key: customerId, data });
}
