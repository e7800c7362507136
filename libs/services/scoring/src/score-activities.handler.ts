import { Controller } from '@nestjs/common';
import { type ActivityScored, type Envelope, type ScoreChanged, seal, topics } from '@sestante/contracts';
import { Race } from '@sestante/postgres';
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
import { DataSource } from 'typeorm';
import { CustomerCache } from './customer-cache.ts';
import { EvidenceMonths } from './evidence-months.ts';
import { LiveModel } from './live-model.ts';
import { type ScoredBatch, scoreBatch } from './score-batch.ts';
import { readStates, saveStates } from './stored-states.ts';

type Acts = Batch<typeof topics.customers>;

/** How often a batch is run if other processes write the same customers at the same time. */
const maxTries = 3;

/** Turns each activity into evidence and scores, once, and publishes it with the customer's scores after it. */
@Controller()
export class ScoreActivities {
  private readonly effects: EffectsOnce;
  private readonly cache = new CustomerCache();

  constructor(
    dataSource: DataSource,
    private readonly live: LiveModel,
    private readonly months: EvidenceMonths,
    @InjectStream() stream: Stream,
  ) {
    this.effects = new EffectsOnce({ stream, dataSource, schema: 'scoring', topic: topics.customers });
  }

  @Handles(topics.customers, { group: 'scoring' })
  async handle(batch: Acts): Promise<readonly Outcome[]> {
    await this.months.ensure(batch.map(({ data }) => data.receivedAt));
    await this.store(batch);
    return batch.map(() => done);
  }

  /**
   * Writes the evidence and states of the batch in one transaction, and publishes the messages with its commit. The cache follows after the commit. If that
   * fails, nobody knows what is stored: the next try reads the customers. After a race it begins at once.
   */
  private async store(batch: Acts): Promise<void> {
    for (let triesLeft = maxTries; ; triesLeft -= 1) {
      try {
        const scored = await this.storeOnce(batch);
        this.cache.forget(scored.left.keys());
        for (const [customerId, partition] of partitionsOf(batch)) {
          const members = scored.customers.get(customerId);
          if (members) this.cache.put(customerId, members, partition);
        }
        return;
      } catch (error) {
        this.cache.forget(partitionsOf(batch).keys());
        if (!(error instanceof Race) || triesLeft === 1) throw error;
      }
    }
  }

  private async storeOnce(batch: Acts): Promise<ScoredBatch> {
    const { modelId, model } = this.live;
    const acted = firstOfEach(batch, ({ activityId }) => activityId).map(({ data }) => data);
    let scored: ScoredBatch;
    await this.effects.run(batch, async (client, progress) => {
      this.cache.drop(progress.changedPartitions);
      const cached = this.cache.find(partitionsOf(batch).keys());
      const repeats = new Set(batch.filter((one) => progress.isPossibleRepeat(one)).map(({ data }) => data.activityId));
      scored = scoreBatch(model, await readStates(client, modelId, { acted, cached, repeats }), acted);
      await this.months.inserting(() => saveStates(client, modelId, scored));
      const messages = scored.messages.map((data) => toMessage(data, repeats.has(data.activityId)));
      return [{ topic: topics.scores.name, messages }];
    });
    return scored!;
  }
}

/** The partition of each customer. */
function partitionsOf(batch: Acts): Map<string, number> {
  return new Map(batch.map(({ data, partition }) => [data.customerId, partition]));
}

function toMessage(data: ActivityScored | ScoreChanged, isPossibleRepeat: boolean): Envelope {
  const { activityId: id, customerId: key } = data;
  const message =
    'change' in data
      ? seal(topics.scores, { event: 'ScoreChanged', id, key, data })
      : seal(topics.scores, { event: 'ActivityScored', id, key, data });
  return isPossibleRepeat ? toPossibleRepeat(message) : message;
}
