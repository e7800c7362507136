import { randomBytes } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { type Envelope, type ScoreChanged, seal, topics } from '@sestante/contracts';
import { transaction } from '@sestante/postgres';
import { codeOf } from '@sestante/offer-policy';
import { InjectStream } from '@sestante/runtime';
import { type Batch, done, Handles, type Outcome, type Stream } from '@sestante/streaming';
import { DataSource } from 'typeorm';
import { Catalogue } from './catalogue.ts';
import { decideBatch, decisionIdOf } from './decide-batch.ts';
import { addDecisions, findDecisions, type KeptDecision } from './store/decisions.ts';
import { addOffers, findOffers, findRecent, type NewOffer } from './store/kept-offers.ts';
import { findStandings } from './store/standings.ts';

const dayMs = 86_400_000;
const newCode = () => codeOf(randomBytes(16));

/** Decides, for every score that moved, on an offer or on none, and says which. */
@Controller()
export class DecideOffers {
  constructor(
    private readonly dataSource: DataSource,
    private readonly catalogue: Catalogue,
    @InjectStream() private readonly stream: Stream,
  ) {}

  @Handles(topics.scores, { group: 'offers' })
  async handle(batch: Batch<typeof topics.scores>): Promise<readonly Outcome[]> {
    const moved = [...new Map(batch.map(({ data }) => [data.cause.activityId, data])).values()];
    await this.stream.publish(topics.offers.name, await this.decide(moved));
    return batch.map(() => done);
  }

  /** One transaction; a cause that was decided already keeps its decision, which is said again. */
  private decide(moved: readonly ScoreChanged[]): Promise<Envelope[]> {
    const { templates, policy } = this.catalogue;
    const now = Date.now();
    const since = now - dayMs * Math.max(policy.perDays, ...templates.map(({ caps }) => caps.perDays));
    return transaction(this.dataSource, async (client) => {
      const customerIds = [...new Set(moved.map(({ customerId }) => customerId))];
      const taken = await findDecisions(
        client,
        moved.map(({ cause }) => decisionIdOf(cause.activityId)),
      );
      const standings = await findStandings(client, customerIds);
      const recent = await findRecent(client, customerIds, since);
      const open = moved.filter(({ cause }) => !taken.has(decisionIdOf(cause.activityId)));
      const { decisions, offers } = decideBatch({ templates, policy, standings, recent, now, newCode }, open);
      await addDecisions(client, decisions);
      await addOffers(client, offers);
      const offerOf = new Map<string, NewOffer>(offers.map((offer) => [offer.decisionId, offer]));
      if (taken.size > 0)
        for (const [decisionId, offer] of await findOffers(client, [...taken.keys()])) offerOf.set(decisionId, offer);
      return [...taken.values(), ...decisions].map((decision) => toMessage(decision, offerOf.get(decision.decisionId)));
    });
  }
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
