import { randomBytes } from 'node:crypto';
import { Controller, Inject } from '@nestjs/common';
import { type ActivityScored, effectOf, type Envelope, topics } from '@sestante/contracts';
import { codeOf } from '@sestante/offer-policy';
import { inOrder, MonthlyPartitions, Race } from '@sestante/postgres';
import { DeadLetters, eraseOnce, InjectStream } from '@sestante/runtime';
import {
  type Batch,
  done,
  EffectsOnce,
  firstOfEach,
  Handles,
  type Outcome,
  splitAround,
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
import { type ActivityEvent, type ErasedEvent, type Event, isErasure, isMove, membershipsOf } from './moves.ts';
import { setStatuses } from './store/answers.ts';
import { findPolicy, type StoredPolicy } from './store/contact-policy.ts';
import { addDecisions } from './store/decisions.ts';
import { eraseMembers, isErased } from './store/erasures.ts';
import { decideAlone, findMembers, saveMembers } from './store/members.ts';
import { addOffers, findRecent } from './store/offers.ts';
import { addToTotals } from './store/totals.ts';
import { moveMessages, type Result, resultMessage } from './to-message.ts';

type Events = readonly Event[];
type IsPossibleRepeat = (event: Event) => boolean;

/** How a batch is decided. */
interface Way {
  /** Every activity may have been decided before. */
  areAllRepeats: boolean;
  /** No other transaction decides meanwhile. */
  isAlone: boolean;
}

interface Context {
  readonly now: number;
  readonly isAlone: boolean;
  readonly isPossibleRepeat: IsPossibleRepeat;
}

const dayMs = 86_400_000;
const newCode = () => codeOf(randomBytes(16));
const isActivity = (event: Event): event is ActivityEvent => !isMove(event);

/**
 * Decides on an offer for every activity that a template answers, and publishes the result. Updates the status of offers that customers answered. Follows
 * the merges and splits of customers, and passes them on.
 */
@Controller()
export class DecideOffers {
  private readonly effects: EffectsOnce;
  /** Not a parameter of the constructor, which has five. */
  @Inject(DeadLetters) private readonly deadLetters!: DeadLetters;

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
  async handle(batch: Batch<typeof topics.scores>): Promise<readonly Outcome[]> {
    for (const part of splitAround(batch, isErasure)) await ('event' in part ? this.erase(part) : this.follow(part));
    return batch.map(() => done);
  }

  private async follow(batch: Events): Promise<void> {
    // Without moves and decisions, the batch has no effects that a redelivery could repeat, and the applied offset stays.
    const { templates } = this.catalogue;
    const effective = batch.filter((event) => isMove(event) || isAnswered(templates, event.data));
    const events = firstOfEach(effective, effectOf);
    if (events.length > 0) await this.decide(events);
    // After the moves: a customer answers the offers of all its members.
    const answering = batch.filter(isActivity).filter(({ data }) => mayAnswer(data));
    const answers = firstOfEach(answering, ({ activityId }) => activityId).flatMap(({ data }) => answerOf(data));
    this.missing.count(await setStatuses(this.dataSource, answers));
  }

  private async erase(event: ErasedEvent): Promise<void> {
    const erasing = { service: 'offers', topic: topics.offers, deadLetters: this.deadLetters, eraseMembers } as const;
    await this.effects.run([event], (client) => eraseOnce(client, event.data, erasing));
  }

  /** Moves and decides in one transaction. */
  private async decide(events: Events): Promise<void> {
    const now = Date.now();
    await this.months.ensure([now]);
    const run = ({ areAllRepeats, isAlone }: Way) =>
      this.effects.run(events, async (client, progress) => {
        if (isAlone) await decideAlone(client);
        const isPossibleRepeat = areAllRepeats ? () => true : progress.isPossibleRepeat;
        const messages = await this.decideIn(client, events, { now, isAlone, isPossibleRepeat });
        return [{ topic: topics.offers.name, messages }];
      });
    const way: Way = { areAllRepeats: false, isAlone: events.some(isMove) };
    await this.months.inserting(async () => {
      for (;;) {
        try {
          return await run(way);
        } catch (error) {
          if (error instanceof MemberMoved && !way.isAlone) way.isAlone = true;
          // An offer exists although its activity counts as new. Without a look-up, each redelivery would end here again.
          else if (error instanceof Race && !way.areAllRepeats) way.areAllRepeats = true;
          else throw error;
        }
      }
    });
  }

  /**
   * Resolves to the messages, in the order of the batch. An activity that has been decided before keeps its decision, and its message is published again. One of
   * a member that was erased since has no message.
   */
  private async decideIn(client: PoolClient, all: Events, context: Context): Promise<Envelope[]> {
    const given = all.filter(isActivity);
    const memberIds = [...new Set(given.map(({ data }) => data.memberId))];
    const repeated = given.filter((event) => context.isPossibleRepeat(event));
    const contactPolicy = await currentPolicy(client);
    const [, stored, recent, results] = await inOrder([
      saveMembers(client, membershipsOf(all)),
      findMembers(client, memberIds),
      findRecent(client, memberIds, this.earliestCounted(contactPolicy, given, context.now)),
      findResults(
        client,
        repeated.map(({ data }) => data),
      ),
    ]);
    const events = all.filter((event) => isMove(event) || !isErased(stored.get(event.data.memberId)!));
    const acted = events.filter(isActivity);
    // A member that was moved since: a repeat may have been read already, from the partition of the other customer.
    const isLate = ({ data }: (typeof acted)[number]) => stored.get(data.memberId)!.moves > data.moves;
    if (!context.isAlone && acted.some(isLate)) throw new MemberMoved();
    const late = acted.filter((event) => isLate(event) && !context.isPossibleRepeat(event));
    if (late.length > 0)
      for (const [activityId, result] of await findResults(
        client,
        late.map(({ data }) => data),
      ))
        results.set(activityId, result);
    const customerOf = ({ memberId }: ActivityScored) => stored.get(memberId)!.customerId;
    const undecided = acted
      .filter(({ data }) => !results.has(data.activityId))
      .map(({ data }): ActivityScored => ({ ...data, customerId: customerOf(data) }));
    const { templates } = this.catalogue;
    const decided = decideBatch({ templates, contactPolicy, recent, now: context.now, newCode }, undecided);
    await inOrder([
      addDecisions(client, decided.decisions),
      addOffers(client, decided.offers),
      addToTotals(client, all[0]!.partition, {
        decisions: decided.decisions.length,
        offers: decided.offers.length,
      }),
    ]);
    for (const [activityId, result] of resultsOf(decided)) results.set(activityId, result);
    return events.flatMap((event) => {
      if (isMove(event)) return moveMessages(event);
      const message = resultMessage(results.get(event.data.activityId)!, customerOf(event.data));
      return [context.isPossibleRepeat(event) || isLate(event) ? toPossibleRepeat(message) : message];
    });
  }

  /** Since when offers count for the contact budgets and all caps, in milliseconds since 1970. */
  private earliestCounted({ policy }: StoredPolicy, acted: readonly ActivityEvent[], now: number): number {
    const ofTemplates = this.catalogue.templates.map(({ caps }) => caps.perDays);
    const ofCustomers = acted.flatMap(({ data: { standing } }) => standing.budget?.perDays ?? []);
    return now - dayMs * [...ofTemplates, ...ofCustomers].reduce((most, days) => Math.max(most, days), policy.perDays);
  }
}

/** A member of the batch was moved since its activity was published. The batch runs again, alone: `decideAlone`. */
class MemberMoved extends Error {
  readonly retriable = true;
  constructor() {
    super('A member was moved to another customer.');
    this.name = 'MemberMoved';
  }
}

/** The results of decisions, by activity id. */
function resultsOf({ decisions, offers }: ReturnType<typeof decideBatch>): [string, Result][] {
  const offerOf = new Map(offers.map((offer) => [offer.decisionId, offer]));
  return decisions.map((decision) => {
    const { cause } = decision;
    const offer = offerOf.get(decision.decisionId);
    return [cause.activityId, offer ? { offer, cause } : { decision }];
  });
}

async function currentPolicy(client: PoolClient): Promise<StoredPolicy> {
  const current = await findPolicy(client);
  if (!current) throw Object.assign(new Error('The database has no contact policy.'), { retriable: true });
  return current;
}
