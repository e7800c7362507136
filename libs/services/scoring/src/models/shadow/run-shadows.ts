import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { isRetriable, reasonOf, withClient } from '@sestante/postgres';
import { Dependencies, InjectLogger, type Logger } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { LiveModel } from '../../live-model.ts';
import { fillScoreRows } from '../../read-model/fill-score-rows.ts';
import { compareModels } from '../differences/compare-models.ts';
import { catchUp, NotRunning, readAll } from './read-history.ts';
import { findRunning, setDone, setFailed, setReadsChanged, type Shadow } from './shadows.ts';

/** How often a process looks for a shadow that is running, such as one that another process has left. */
const lookEveryMs = 2_000;

/**
 * Works for the shadows that are running, one after another, in slices beside the live path. One process at a time works for a shadow: it holds an advisory lock of its session.
 * If the process ends, another one, or the next start, goes on after the last slice.
 */
@Injectable()
export class RunShadows implements OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private wakeUp = Promise.withResolvers<void>();
  private running: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
    @InjectLogger() private readonly logger: Logger,
    dependencies: Dependencies,
  ) {
    dependencies.whenReady(() => Promise.resolve(this.start()));
  }

  /** Looks for shadows now. */
  notify(): void {
    this.wakeUp.resolve();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.notify();
    await this.running;
  }

  private start(): void {
    this.running ??= this.runAll();
  }

  private async runAll(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const isWorkDone = await this.runNext().catch((error: unknown) => this.report(error));
      if (isWorkDone) continue;
      await Promise.race([this.wakeUp.promise, sleep(lookEveryMs, undefined, { ref: false })]);
      this.wakeUp = Promise.withResolvers<void>();
    }
  }

  /** Resolves to false if there is nothing to do. */
  private async runNext(): Promise<boolean> {
    const shadow = await findRunning(this.dataSource);
    if (!shadow) return false;
    return withClient(this.dataSource, async (client) => {
      const key = [`scoring.shadow ${shadow.modelId}`];
      const { rows } = await client.query<{ locked: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as locked',
        key,
      );
      if (!rows[0]!.locked) return false;
      try {
        await this.run(shadow);
      } finally {
        await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', key);
      }
      return true;
    });
  }

  private async run(shadow: Shadow): Promise<void> {
    const { dataSource, stopping } = this;
    const { modelId } = shadow;
    try {
      const live = await this.live.read();
      const shadowed = await this.live.findById(modelId);
      const reading = { dataSource, live, shadowed, state: 'running', signal: stopping.signal } as const;
      if (shadow.reads === 'all') await readAll(reading);
      await setReadsChanged(dataSource, modelId);
      await catchUp(reading);
      await fillScoreRows(dataSource, shadowed, stopping.signal);
      await setDone(dataSource, modelId, await compareModels(reading, Date.now()));
      this.logger.info({ version: shadowed.model.version }, 'the shadow of a model is done');
    } catch (error) {
      if (error instanceof NotRunning || stopping.signal.aborted) return;
      if (isRetriable(error)) throw error;
      this.logger.error({ err: error, modelId }, 'the shadow of a model has failed');
      await setFailed(dataSource, modelId, reasonOf(error));
    }
  }

  private report(error: unknown): boolean {
    this.logger.warn(`shadows of models wait, and are tried again: ${reasonOf(error)}`);
    return false;
  }
}
