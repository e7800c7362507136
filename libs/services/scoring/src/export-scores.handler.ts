import { setImmediate as otherWork } from 'node:timers/promises';
import { Controller } from '@nestjs/common';
import { topics } from '@sestante/contracts';
import { elements, explain, fold, latestActivityAt, type Model, read, scales, scoresAt } from '@sestante/engagement';
import { type ExportFile, InjectStream, sendExport } from '@sestante/runtime';
import { type Batch, done, Handles, type Outcome, type Stream } from '@sestante/streaming';
import { DataSource } from 'typeorm';
import { reasonsIn } from './export-reasons.ts';
import { LiveModel, type LoadedModel } from './live-model.ts';
import { activityPages } from './store/activity-pages.ts';
import { type History, readHistory } from './store/read-history.ts';

/** For each element and scale. */
export const mostReasons = 1_000;

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

  /** Scores and reasons are of one reading, so that they add up. It is dropped before the evidence is read page by page. */
  private async filesOf(customerId: string): Promise<ExportFile[]> {
    const live = await this.live.read();
    const { model, modelId } = live;
    const now = Date.now();
    let history: History | undefined = await readHistory(this.dataSource, { model, modelId, customerId, until: now });
    const at = Math.max(now, latestActivityAt(history.base) ?? 0);
    const evidence = () => {
      history = undefined;
      return this.evidenceOf(live, customerId, now);
    };
    return [
      { name: 'scores', items: history.customerId === undefined ? [] : [scoresIn(model, history, at)] },
      { name: 'reasons', items: lazily(() => reasonsOf(model, history!, at)) },
      { name: 'evidence', items: lazily(evidence) },
    ];
  }

  private async *evidenceOf(
    { model, modelId }: LoadedModel,
    customerId: string,
    until: number,
  ): AsyncGenerator<object> {
    for await (const page of activityPages(this.dataSource, { modelId, customerId, until }))
      for (const activity of page) {
        const { at, ...one } = read(model, activity);
        yield { at: iso(at), ...one, properties: activity.properties };
      }
  }
}

function scoresIn(model: Model, { evidence, base, closed }: History, at: number): object {
  const { overall, elements: scored } = scoresAt(model, fold(model, evidence, base, closed), at);
  return { model: model.version, at: iso(at), overall, elements: scored };
}

/** For each element and scale, what adds up to the score. Between two of them, other work has its turn. */
async function* reasonsOf(model: Model, { evidence, base, closed }: History, at: number): AsyncGenerator<object> {
  for (const element of elements)
    for (const scale of scales) {
      await otherWork();
      yield* reasonsIn(explain(model, evidence, { element, scale, at }, base, closed), mostReasons);
    }
}

/** Begins to read when it is asked for the first item, and keeps nothing after the last one. */
const lazily = (read: () => AsyncGenerator<object>): AsyncIterable<object> => ({ [Symbol.asyncIterator]: read });
const iso = (instant: number) => new Date(instant).toISOString();
