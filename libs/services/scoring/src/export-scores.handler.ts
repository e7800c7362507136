import { Controller } from '@nestjs/common';
import { topics } from '@sestante/contracts';
import { explain, elements, type Explanation, latestActivityAt, scales, scoresAt, fold } from '@sestante/engagement';
import { type ExportFile, InjectStream, sendExport } from '@sestante/runtime';
import { type Batch, done, Handles, type Outcome, type Stream } from '@sestante/streaming';
import { DataSource } from 'typeorm';
import { LiveModel } from './live-model.ts';
import { type History, readHistory } from './store/read-history.ts';

/** Sends the scores of a customer, with the reasons and the evidence, to the customer's export. */
@Controller()
export class ExportScores {
  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
    @InjectStream() private readonly stream: Stream,
  ) {}

  @Handles(topics.exports, { group: 'scoring', batchSize: 1 })
  async handle(batch: Batch<typeof topics.exports>): Promise<readonly Outcome[]> {
    const { stream } = this;
    for (const { data } of batch)
      await sendExport({ service: 'scoring', stream, filesOf: ({ customerId }) => this.filesOf(customerId) }, data);
    return batch.map(() => done);
  }

  private async filesOf(customerId: string): Promise<ExportFile[]> {
    const { model, modelId } = this.live;
    const now = Date.now();
    const history = await readHistory(this.dataSource, { model, modelId, customerId, until: now });
    const at = Math.max(now, latestActivityAt(history.base) ?? 0);
    return [
      { name: 'scores', items: history.customerId === undefined ? [] : [this.scoresOf(history, at)] },
      { name: 'reasons', items: this.reasonsOf(history, at) },
      {
        name: 'evidence',
        items: history.evidence.map(({ at: happenedAt, ...one }) => ({ at: iso(happenedAt), ...one })),
      },
    ];
  }

  private scoresOf({ evidence, base }: History, at: number): object {
    const { model } = this.live;
    const { overall, elements: scored } = scoresAt(model, fold(model, evidence, base), at);
    return { model: model.version, at: iso(at), overall, elements: scored };
  }

  /** For each element and scale: the base of the score, what earlier activities add to it, and each activity of the evidence. They add up to the score. */
  private *reasonsOf({ evidence, base }: History, at: number): Generator<object> {
    const { model } = this.live;
    for (const element of elements)
      for (const scale of scales) yield* reasonsIn(explain(model, evidence, { element, scale, at }, base));
  }
}

function* reasonsIn({ element, scale, base, score, contributions, earlier }: Explanation): Generator<object> {
  if (score === null) return;
  yield { element, scale, because: 'the score without evidence', contribution: base };
  if (earlier) yield { element, scale, because: 'earlier activities', ...earlier, until: iso(earlier.until) };
  for (const { name, at, ...contribution } of contributions)
    yield { element, scale, because: name, at: iso(at), ...contribution };
}

const iso = (instant: number) => new Date(instant).toISOString();
