import { randomBytes } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { type Envelope, topics } from '@sestante/contracts';
import { codeOf } from '@sestante/offer-policy';
import { inOrder, MonthlyPartitions, Race } from '@sestante/postgres';
import { InjectStream } from '@sestante/runtime';
import {
  type Batch,
  done,
  EffectsOnce,
  firstOfEach,
  Handles,
  type Outcome,
  type Stream,
  toPossibleRepeat,
} from '@sestante/streaming';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { answerOf, mayAnswer } from './answer-of.ts';
import { Catalogue } from './catalogue.ts';
import { decideBatch, isAnswered } from './decide-batch.ts';
import { findResults } from './find-results.ts';
import { MissingOffers } from './missing-offers.ts';
import { findPolicy, type StoredPolicy } from './store/contact-policy.ts';
import { addDecisions } from './store/decisions.ts';
import { addOffers, findRecent, setStatuses } from './store/offers.ts';
import { addToTotals } from './store/totals.ts';
import { offerMade, offerWithheld } from './to-message.ts';

type Events = Batch<typeof topics.scores>;
type IsPossibleRepeat = (event: Events[number]) => boolean;

const dayMs = 86_400_000;
const newCode = () => codeOf(randomBytes(16));

/** Updates the status of offers that customers answered. Decides on an offer for every activity that a template answers, and publishes the result. */
@Controller()
export class DecideOffers {
  private readonly effects: EffectsOnce;

  constructor(
    private readonly dataSource: DataSource,
    private readonly catalogue: Catalogue,
    private readonly missing: MissingOffers,
    private readonly months: MonthlyPartitions,
    @InjectStream() stream: Stream,
  ) {
    this.effects = new EffectsOnce({ stream, dataSource, schema: 'offers', topic: topics.scores });
  }

  @Handles(topics.scores, { group: 'offers' })
  async handle(batch: Events): Promise<readonly Outcome[]> {
    const answering = batch.filter(({ data }) => mayAnswer(data));
    const answers = firstOfEach(answering, ({ activityId }) => activityId).flatMap(({ data }) => answerOf(data));
    this.missing.count(await setStatuses(this.dataSource, answers));
    // Without decisions, the batch has no effects that a redelivery could repeat, and the applied offset stays.
    const { templates } = this.catalogue;
    const triggering = batch.filter(({ data }) => isAnswered(templates, data));
    const answered = firstOfEach(triggering, ({ activityId }) => activityId);
    if (answered.length > 0) await this.decide(answered);
    return batch.map(() => done);
  }

  /** Decides in one transaction. Messages keep the order of the batch. */
  private async decide(answered: Events): Promise<void> {
    const now = Date.now();
    await this.months.ensure([now]);
    const run = (isPossibleRepeat?: IsPossibleRepeat) =>
      this.effects.run(answered, async (client, progress) => {
        const context = { now, isPossibleRepeat: isPossibleRepeat ?? progress.isPossibleRepeat };
        return [{ topic: topics.offers.name, messages: await this.decideIn(client, answered, context) }];
      });
    await this.months.inserting(async () => {
      try {
        await run();
      } catch (error) {
        // An offer exists although its activity counts as new. Without a look-up, each redelivery would end here again.
        if (!(error instanceof Race)) throw error;
        await run(() => true);
      }
    });
  }

  /**
   * Decides by the contact policy that is current now, and resolves to the messages. An activity that has been decided before keeps its decision, and
   * its message is published again.
   */
  private async decideIn(
    client: PoolClient,
    answered: Events,
    { isPossibleRepeat, now }: { isPossibleRepeat: IsPossibleRepeat; now: number },
  ): Promise<Envelope[]> {
    const { templates } = this.catalogue;
    const contactPolicy = await currentPolicy(client);
    const since = now - dayMs * Math.max(contactPolicy.policy.perDays, ...templates.map(({ caps }) => caps.perDays));
    const customerIds = [...new Set(answered.map(({ data }) => data.customerId))];
    const isRepeat = answered.map((event) => isPossibleRepeat(event));
    const [results, recent] = await Promise.all([
      findResults(
        client,
        answered.filter((_, index) => isRepeat[index]).map(({ data }) => data),
      ),
      findRecent(client, customerIds, since),
    ]);
    const undecided = answered.map(({ data }) => data).filter(({ activityId }) => !results.has(activityId));
    const { decisions, offers } = decideBatch({ templates, contactPolicy, recent, now, newCode }, undecided);
    const totals = { decisions: decisions.length, offers: offers.length };
    await inOrder([
      addDecisions(client, decisions),
      addOffers(client, offers),
      addToTotals(client, answered[0]!.partition, totals),
    ]);
    const offerOf = new Map(offers.map((offer) => [offer.decisionId, offer]));
    for (const decision of decisions) {
      const { cause } = decision;
      const offer = offerOf.get(decision.decisionId);
      results.set(cause.activityId, offer ? offerMade(offer, cause) : offerWithheld(decision));
    }
    return answered.map(({ data }, index) => {
      const message = results.get(data.activityId)!;
      return isRepeat[index] ? toPossibleRepeat(message) : message;
    });
  }
}

async function currentPolicy(client: PoolClient): Promise<StoredPolicy> {
  const current = await findPolicy(client);
  if (!current) throw Object.assign(new Error('The database has no contact policy.'), { retriable: true });
  return current;
}
