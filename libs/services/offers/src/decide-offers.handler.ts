import { randomBytes } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { type Envelope, type ScoreChanged, seal, topics } from '@sestante/contracts';
import { codeOf } from '@sestante/offer-policy';
import { InjectStream } from '@sestante/runtime';
import { type Batch, done, eachOnce, Handles, type Outcome, retry, type Stream, unitOfWork } from '@sestante/streaming';
import { DataSource } from 'typeorm';
import { Catalogue } from './catalogue.ts';
import { decideBatch, decisionIdOf, offerIdOf } from './decide-batch.ts';
import { addDecisions, findDecisions, type KeptDecision } from './store/decisions.ts';
import { Followed } from './followed.ts';
import { addOffers, findOffers, findRecent, type NewOffer } from './store/kept-offers.ts';
import { findStandings } from './store/standings.ts';

type Scores = Batch<typeof topics.scores>;

const dayMs = 86_400_000;
const newCode = () => codeOf(randomBytes(16));

/** Decides, for every score that moved, on an offer or on none, and says which. */
@Controller()
export class DecideOffers {
  constructor(
    private readonly dataSource: DataSource,
    private readonly catalogue: Catalogue,
    private readonly followed: Followed,
    @InjectStream() private readonly stream: Stream,
  ) {}

  @Handles(topics.scores, { group: 'offers' })
  async handle(batch: Scores): Promise<readonly Outcome[]> {
    const isRipe = await this.ripe(batch);
    await this.decide(eachOnce(batch.filter(isRipe), ({ cause }) => cause.activityId));
    return batch.map((score) => (isRipe(score) ? done : retry('what its customer said before is not known yet')));
  }

  /**
   * Which scores of the batch may be decided: those of each partition up to the first one whose cause has not been followed yet. Two
   * topics do not wait for each other, and a consent that was withdrawn before the cause has to be known before the decision.
   */
  private async ripe(batch: Scores): Promise<(score: Scores[number]) => boolean> {
    const isFollowed = await this.followed.upTo(batch.flatMap(({ data }) => data.position ?? []));
    const firstUnripe = new Map<number, number>();
    for (const { data, partition, offset } of batch) {
      if (data.position && !isFollowed(data.position) && !firstUnripe.has(partition))
        firstUnripe.set(partition, offset);
    }
    return ({ partition, offset }) => offset < (firstUnripe.get(partition) ?? Infinity);
  }

  /** One transaction; a cause that was decided already keeps its decision, which is said again. The order of the batch stays. */
  private async decide(moved: readonly ScoreChanged[]): Promise<void> {
    if (moved.length === 0) return;
    const { templates, policy } = this.catalogue;
    const now = Date.now();
    const since = now - dayMs * Math.max(policy.perDays, ...templates.map(({ caps }) => caps.perDays));
    await unitOfWork(this.stream, this.dataSource, async (client) => {
      const customerIds = [...new Set(moved.map(({ customerId }) => customerId))];
      const decisionIds = moved.map(({ cause }) => decisionIdOf(cause.activityId));
      const [decided, standings, recent] = await Promise.all([
        findDecisions(client, decisionIds),
        findStandings(client, customerIds),
        findRecent(client, customerIds, since),
      ]);
      const offered = new Map<string, NewOffer>(await findOffers(client, [...decided.keys()].map(offerIdOf)));
      const open = moved.filter((_, index) => !decided.has(decisionIds[index]!));
      const { decisions, offers } = decideBatch({ templates, policy, standings, recent, now, newCode }, open);
      await Promise.all([addDecisions(client, decisions), addOffers(client, offers)]);
      for (const decision of decisions) decided.set(decision.decisionId, decision);
      for (const offer of offers) offered.set(offer.decisionId, offer);
      const messages = decisionIds.map((id) => toMessage(decided.get(id)!, offered.get(id)));
      return [{ topic: topics.offers.name, messages }];
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
