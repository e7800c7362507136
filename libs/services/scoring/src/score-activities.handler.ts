import { Controller } from '@nestjs/common';
import {
  type ActivityScored,
  type CustomerActed,
  type Envelope,
  type ScoreChanged,
  seal,
  topics,
} from '@sestante/contracts';
import { InjectStream } from '@sestante/runtime';
import { type Batch, done, distinctData, Handles, type Outcome, type Stream, unitOfWork } from '@sestante/streaming';
import { DataSource } from 'typeorm';
import { LiveModel } from './live-model.ts';
import { scoreBatch } from './score-batch.ts';
import { addEvidence, findVersions } from './store/evidence.ts';
import { findPublished, savePublished } from './store/published.ts';
import { lockMembers, saveMembers } from './store/states.ts';

/** Turns each activity into evidence and scores, once, and publishes it with the customer's scores after it. */
@Controller()
export class ScoreActivities {
  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
    @InjectStream() private readonly stream: Stream,
  ) {}

  @Handles(topics.customers, { group: 'scoring' })
  async handle(batch: Batch<typeof topics.customers>): Promise<readonly Outcome[]> {
    await this.store(distinctData(batch, ({ activityId }) => activityId));
    return batch.map(() => done);
  }

  /** Writes the evidence and states of the batch in one transaction, and publishes the messages with its commit. */
  private store(acted: readonly CustomerActed[]): Promise<void> {
    const { modelId, model } = this.live;
    return unitOfWork(this.stream, this.dataSource, async (client) => {
      const customerIds = [...new Set(acted.map(({ customerId }) => customerId))];
      const memberIds = [...new Set(acted.map(({ memberId }) => memberId))];
      const activityIds = acted.map(({ activityId }) => activityId);
      const [members, versions, published] = await Promise.all([
        lockMembers(client, modelId, { customerIds, memberIds }),
        findVersions(client, modelId, activityIds),
        findPublished(client, modelId, customerIds),
      ]);
      const scored = scoreBatch(model, { members, versions, published }, acted);
      await Promise.all([
        addEvidence(client, modelId, scored.evidence),
        saveMembers(client, modelId, scored.members),
        savePublished(client, modelId, scored.published),
      ]);
      return [{ topic: topics.scores.name, messages: scored.messages.map(toMessage) }];
    });
  }
}

function toMessage(data: ActivityScored | ScoreChanged): Envelope {
  const { activityId: id, customerId: key } = data;
  return 'change' in data
    ? seal(topics.scores, { event: 'ScoreChanged', id, key, data })
    : seal(topics.scores, { event: 'ActivityScored', id, key, data });
}
