import { Controller } from '@nestjs/common';
import { type CustomerActed, effectOf, sealErased, topics } from '@sestante/contracts';
import { MonthlyPartitions, Race } from '@sestante/postgres';
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
import { DataSource } from 'typeorm';
import { CustomerCache } from './customer-cache.ts';
import { LiveModel } from './live-model.ts';
import { readAll } from './readings.ts';
import { isMove, type ScoredBatch, scoreBatch } from './score-batch.ts';
import type { MemberState } from './store/states.ts';
import { eraseMembers, isErased } from './store/erasures.ts';
import { readStates, saveStates } from './stored-states.ts';
import { type ActedEvent, type ErasedEvent, moveMessages, type MoveEvent, scoredMessage } from './to-messages.ts';

type Events = readonly (ActedEvent | MoveEvent)[];

/** How often a batch is run if other processes write the same customers at the same time. */
const maxTries = 3;

/**
 * Turns each activity into evidence and scores, once, and publishes it with the customer's scores after it. Follows the merges and splits of customers, and
 * passes them on.
 */
@Controller()
export class ScoreActivities {
  private readonly effects: EffectsOnce;
  private readonly cache = new CustomerCache();

  constructor(
    dataSource: DataSource,
    private readonly live: LiveModel,
    private readonly months: MonthlyPartitions,
    @InjectStream() stream: Stream,
    private readonly deadLetters: DeadLetters,
  ) {
    this.effects = new EffectsOnce({ stream, dataSource, schema: 'scoring', topic: topics.customers });
  }

  @Handles(topics.customers, { group: 'scoring' })
  async handle(batch: Batch<typeof topics.customers>): Promise<readonly Outcome[]> {
    for (const part of splitAround(batch, isErasure)) await ('event' in part ? this.erase(part) : this.score(part));
    return batch.map(() => done);
  }

  private async score(batch: Events): Promise<void> {
    await this.months.ensure(batch.filter(isActed).map(({ data }) => data.receivedAt));
    await this.store(batch);
  }

  private async erase(event: ErasedEvent): Promise<void> {
    const { data } = event;
    const erasing = { service: 'scoring', topic: topics.scores, deadLetters: this.deadLetters, eraseMembers } as const;
    await this.effects.run([event], async (client, { changedPartitions }) => {
      this.cache.drop(changedPartitions);
      const told = await eraseOnce(client, data, erasing);
      return [...told, { topic: topics.audiences.name, messages: [sealErased(topics.audiences, data)] }];
    });
    this.cache.forget([data.customerId, ...data.members]);
  }

  /**
   * Writes the evidence and states of the batch in one transaction, and publishes the messages with its commit. The cache follows after the commit. If that
   * fails, nobody knows what is stored: the next try reads the customers. After a race it begins at once.
   */
  private async store(batch: Events): Promise<void> {
    const partitions = partitionsOf(batch);
    for (let triesLeft = maxTries; ; triesLeft -= 1) {
      try {
        this.updateCache(batch, partitions, await this.storeOnce(batch, partitions));
        return;
      } catch (error) {
        this.cache.forget(partitions.keys());
        if (!(error instanceof Race) || triesLeft === 1) throw error;
      }
    }
  }

  private async storeOnce(batch: Events, partitions: Partitions): Promise<ScoredBatch> {
    const events = firstOfEach(batch, effectOf);
    const inputs = events.map(({ data }) => data);
    const acted = inputs.filter((input): input is CustomerActed => !isMove(input));
    const asked = { acted, moves: inputs.filter(isMove) };
    let scored: ScoredBatch;
    await this.effects.run(batch, async (client, progress) => {
      this.cache.drop(progress.changedPartitions);
      if (progress.changedPartitions.size > 0) await this.live.reload(client);
      const { modelId, model } = this.live;
      const cached = this.cache.find(partitions.keys());
      const repeated = batch.filter(isActed).filter((one) => progress.isPossibleRepeat(one));
      const repeats = new Set(repeated.map(({ data }) => data.activityId));
      const states = await readStates(
        client,
        { modelId, model },
        { ...asked, cached, repeats, readings: readAll(model, acted) },
      );
      const present = withoutErased(events, states.members);
      scored = scoreBatch(
        model,
        { ...states, isReadByOthers: (name) => this.live.isReadByOthers(name) },
        present.map(({ data }) => data),
      );
      await this.months.inserting(() => saveStates(client, modelId, scored));
      return [{ topic: topics.scores.name, messages: messagesOf(present, scored, repeats) }];
    });
    return scored!;
  }

  /** Keeps the customers with activities of their own. Others that changed, perhaps in another process, are forgotten. */
  private updateCache(batch: Events, partitions: Partitions, { members, customers }: ScoredBatch): void {
    const moved = batch.flatMap(({ data }) => (isMove(data) ? [data.customerId, data.formerId] : []));
    const changed = [...moved, ...members.map(({ customerId }) => customerId)];
    this.cache.forget(changed.filter((customerId) => !customers.has(customerId)));
    for (const [customerId, kept] of customers) this.cache.put(customerId, kept, partitions.get(customerId)!);
  }
}

const isActed = (event: Events[number]): event is ActedEvent => event.event === 'CustomerActed';
const isErasure = (event: Events[number] | ErasedEvent): event is ErasedEvent => event.event === 'CustomerErased';

/** The events without the activities of members that were erased since they were published. */
function withoutErased(events: Events, members: readonly MemberState[]): Events {
  const erased = new Set(members.filter(isErased).map(({ memberId }) => memberId));
  return erased.size === 0 ? events : events.filter((event) => !isActed(event) || !erased.has(event.data.memberId));
}

/** The partition of each customer with activities. */
type Partitions = ReadonlyMap<string, number>;

function partitionsOf(batch: Events): Partitions {
  const partitions = new Map<string, number>();
  for (const event of batch) if (isActed(event)) partitions.set(event.data.customerId, event.partition);
  return partitions;
}

/** The messages of a batch, in its order. */
function messagesOf(events: Events, { messages, late }: ScoredBatch, repeats: ReadonlySet<string>) {
  const scored = messages.values();
  return events.flatMap((event) => {
    if (!isActed(event)) return moveMessages(event);
    const message = scoredMessage(scored.next().value!, event);
    const { activityId } = event.data;
    return [repeats.has(activityId) || late.has(activityId) ? toPossibleRepeat(message) : message];
  });
}
