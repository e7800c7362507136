import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { reasonOf, withClient } from '@sestante/postgres';
import { Dependencies, InjectLogger, type Logger } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { LiveModel, type LoadedModel } from '../live-model.ts';
import { daysCountedSince, readDays, saveDays } from './daily-counts.ts';
import { type Day, daysBefore, daysBetween, endOf, lastDayBefore } from './days.ts';
import { isSmall } from './is-small.ts';
import { passOver } from './pass.ts';
import { movementsCountedAt, saveMovements } from './stored-movements.ts';

/** How many of the last days are counted for a model that has none. */
export const daysBack = 90;
const lookEveryMs = 60_000;
/** All is counted again when it is so old, and so many times as old as the pass takes. */
const usualAgeMs = 60_000;
const timesAsOld = 20;
/** With so few members, each pass counts all days again; with more, those that were counted so long ago. */
const fewMembers = 20_000;
const oldMs = 7 * 86_400_000;

/**
 * Counts all customers at the end of each of the last 90 days under the live model, and what has changed, by a pass over their activities. Days are counted again, because activities of the
 * past may have come; those before the last 90 stay as they were counted last. A pass is due when the last day is missing, as for a model that was promoted, or when the last pass is long ago.
 * So after a pause or a crash the next look goes on. One process at a time counts.
 */
@Injectable()
export class CountDays implements OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private lastTookMs = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
    @InjectLogger() private readonly logger: Logger,
    dependencies: Dependencies,
  ) {
    dependencies.whenReady(() => {
      this.timer ??= setInterval(() => void this.look(), lookEveryMs).unref();
      void this.look();
      return Promise.resolve();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.running?.catch(() => undefined);
  }

  /** Counts now if the last pass was longer ago than `maxAgeMs`, or if the last day is missing. Resolves when it is done, or if another process counts. */
  async countNow(maxAgeMs: number): Promise<void> {
    const counting = this.running ?? this.count(maxAgeMs);
    this.running = counting;
    try {
      await counting;
    } finally {
      if (this.running === counting) this.running = undefined;
    }
  }

  private async look(): Promise<void> {
    try {
      await this.countNow(Math.max(usualAgeMs, timesAsOld * this.lastTookMs));
    } catch (error) {
      if (!this.stopping.signal.aborted)
        this.logger.warn(`customers are not counted, the next minute tries again: ${reasonOf(error)}`);
    }
  }

  private async count(maxAgeMs: number): Promise<void> {
    const live = await this.live.read();
    const last = lastDayBefore(Date.now());
    const [day] = await readDays(this.dataSource, live.modelId, { from: last, to: last });
    const countedAt = await movementsCountedAt(this.dataSource, live.modelId);
    if (day && countedAt !== undefined && Date.now() - countedAt <= maxAgeMs) return;
    await withClient(this.dataSource, async (client) => {
      const key = ['scoring.daily_summary'];
      const { rows } = await client.query<{ locked: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as locked',
        key,
      );
      if (!rows[0]!.locked) return;
      try {
        await this.pass(live, await this.dueDays(live, last));
      } finally {
        await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', key);
      }
    });
  }

  private async dueDays({ modelId }: LoadedModel, last: Day): Promise<readonly Day[]> {
    const from = daysBefore(last, daysBack - 1);
    const days = daysBetween(from, last);
    if (await isSmall(this.dataSource, modelId, fewMembers)) return days;
    const recent = { from, to: last, since: Date.now() - oldMs };
    const counted = await daysCountedSince(this.dataSource, modelId, recent);
    return days.filter((day) => !counted.has(day));
  }

  private async pass(live: LoadedModel, days: readonly Day[]): Promise<void> {
    const { dataSource } = this;
    const now = Date.now();
    const asked = { instants: days.map(endOf), now, signal: this.stopping.signal };
    const { counts, movements } = await passOver(dataSource, live, asked);
    await saveDays(
      dataSource,
      live.modelId,
      days.map((day, index) => ({ day, counts: counts[index]! })),
    );
    await saveMovements(dataSource, live.modelId, { countedAt: now, movements });
    this.lastTookMs = Date.now() - now;
  }
}
