import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { reasonOf, transaction, withClient } from '@sestante/postgres';
import { Dependencies, InjectLogger, InjectMetrics, type Logger, type Metrics } from '@sestante/runtime';
import { Counter } from 'prom-client';
import { DataSource } from 'typeorm';
import { LiveModel, type LoadedModel } from '../live-model.ts';
import { fillScoreRows } from './fill-score-rows.ts';
import { findScoreRows, removeScoreRows } from './landmark.ts';
import { refreshScoreRows } from './refresh-score-rows.ts';
import { nextSlice, stillStale } from './stale-customers.ts';

const everyMs = 60_000;
/** How many customers are compared each minute. */
const customersAtOnce = 10_000;
/** A row that is behind for so long is not only waiting for the next write. */
const patienceMs = 10_000;

/**
 * Keeps `scoring.customer_score` complete. Makes the rows of the live model if there are none, as after the first start; then compares some customers every minute with their
 * members, and writes the rows of those that were missed. Removes the rows of models that are not used any more.
 */
@Injectable()
export class HealScoreRows implements OnApplicationShutdown {
  private readonly healed: Counter;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private after: string | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
    dependencies: Dependencies,
    @InjectMetrics() { registry }: Metrics,
    @InjectLogger() private readonly logger: Logger,
  ) {
    this.healed = new Counter({
      name: 'sestante_score_rows_healed_total',
      help: 'Customers whose row in scoring.customer_score was not of their present state, and was written again.',
      registers: [registry],
    });
    dependencies.whenReady(() => {
      this.running ??= this.run();
      return Promise.resolve();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.heal(patienceMs);
      } catch (error) {
        if (!signal.aborted)
          this.logger.warn(`rows of scores are not compared, the next minute tries again: ${reasonOf(error)}`);
      }
      await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Compares the next customers. Those that are still behind after some time are written. Resolves to their number. */
  async heal(patience: number): Promise<number> {
    const { signal } = this.stopping;
    const live = await this.live.read();
    const { modelId } = live;
    const rows = await withClient(this.dataSource, (client) => findScoreRows(client, live));
    if (!rows) return fillScoreRows(this.dataSource, live, signal);
    await this.removeUnused();
    const { last, stale } = await withClient(this.dataSource, (client) =>
      nextSlice(client, modelId, { after: this.after, most: customersAtOnce }),
    );
    this.after = last;
    if (stale.length === 0) return 0;
    await sleep(patience, undefined, { signal });
    return this.write(live, stale);
  }

  private async write(live: LoadedModel, stale: readonly string[]): Promise<number> {
    return transaction(this.dataSource, async (client) => {
      const behind = await stillStale(client, live.modelId, stale);
      await refreshScoreRows(client, live, { acted: new Map(), regrouped: behind });
      this.healed.inc(behind.length);
      return behind.length;
    });
  }

  /** Rows are kept for the live model, for those with a shadow, and for the one that was live before. */
  private async removeUnused(): Promise<void> {
    const unused = await this.dataSource.query<{ model_id: number }[]>(
      `select model_id from scoring.score_landmark
        where model_id not in (
          select model_id from scoring.model where status in ('live', 'shadow') union all select model_id from scoring.shadow union all
          (select model_id from scoring.model where status = 'retired' order by live_since desc limit 1))`,
    );
    for (const { model_id } of unused)
      await transaction(this.dataSource, (client) => removeScoreRows(client, model_id));
  }
}
