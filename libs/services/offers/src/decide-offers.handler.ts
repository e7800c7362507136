import { randomBytes } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { type ActivityScored, type Envelope, seal, topics } from '@sestante/contracts';
import { codeOf, readCode, readOfferId } from '@sestante/offer-policy';
import { InjectStream } from '@sestante/runtime';
import { type Batch, done, eachOnce, Handles, type Outcome, type Stream, unitOfWork } from '@sestante/streaming';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { Catalogue } from './catalogue.ts';
import { decideBatch, decisionIdOf, isAnswered, offerIdOf } from './decide-batch.ts';
import { findPolicy, type KeptPolicy } from './store/contact-policy.ts';
import { addDecisions, findDecisions, type KeptDecision } from './store/decisions.ts';
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
} from './store/kept-offers.ts';

const dayMs = 86_400_000;
const newCode = () => codeOf(randomBytes(16));

/** Notes what became of the offers of customers, and decides, for every activity that a template answers, on an offer or on none, and says which. */
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
    const activities = eachOnce<ActivityScored>(batch, ({ activityId }) => activityId);
    this.missing.count(await setStatuses(this.dataSource, activities.flatMap(answerOf)));
    await this.decide(activities.filter((activity) => isAnswered(this.catalogue.templates, activity)));
    return batch.map(() => done);
  }

  /**
   * One transaction, by the contact policy that holds when it begins; a cause that was decided already keeps its decision, which is said again. The
   * order of the batch stays.
   */
  private async decide(activities: readonly ActivityScored[]): Promise<void> {
    if (activities.length === 0) return;
    const { templates } = this.catalogue;
    const now = Date.now();
    await unitOfWork(this.stream, this.dataSource, async (client) => {
      const kept = await currentPolicy(client);
      const since = now - dayMs * Math.max(kept.policy.perDays, ...templates.map(({ caps }) => caps.perDays));
      const customerIds = [...new Set(activities.map(({ customerId }) => customerId))];
      const decisionIds = activities.map(({ activityId }) => decisionIdOf(activityId));
      const [decided, recent] = await Promise.all([
        findDecisions(client, decisionIds),
        findRecent(client, customerIds, since),
      ]);
      const offered = new Map<string, NewOffer>(await findOffers(client, [...decided.keys()].map(offerIdOf)));
      const open = activities.filter((_, index) => !decided.has(decisionIds[index]!));
      const { decisions, offers } = decideBatch({ templates, kept, recent, now, newCode }, open);
      await Promise.all([addDecisions(client, decisions), addOffers(client, offers)]);
      for (const decision of decisions) decided.set(decision.decisionId, decision);
      for (const offer of offers) offered.set(offer.decisionId, offer);
      const messages = decisionIds.map((id) => toMessage(decided.get(id)!, offered.get(id)));
      return [{ topic: topics.offers.name, messages }];
    });
  }
}

async function currentPolicy(client: PoolClient): Promise<KeptPolicy> {
  const kept = await findPolicy(client);
  if (!kept) throw Object.assign(new Error('There is no contact policy.'), { retriable: true });
  return kept;
}

/** `offer.redeemed` and its like name the offer by `offer_id` or `code`, in whatever way people and programs write them. */
function answerOf({ customerId, name, properties }: ActivityScored): Answer[] {
  const status = name.startsWith('offer.') ? (name.slice('offer.'.length) as Status) : undefined;
  const named = properties['offer_id'] ?? properties['code'];
  if (!status || !statuses.includes(status) || typeof named !== 'string') return [];
  return [{ customerId, offer: readOfferId(named) ?? readCode(named) ?? named, status }];
}

function toMessage(
  { decisionId, customerId, reasons, decidedAt, cause }: KeptDecision,
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
