import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { reasonOf, transaction } from '@sestante/postgres';
import { Dependencies, InjectLogger, type Logger } from '@sestante/runtime';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { LiveModel } from '../live-model.ts';
import { findScoreRows } from '../read-model/landmark.ts';
import type { ScoreRows } from '../read-model/score-expressions.ts';
import { biRole, createViews, grantViews } from './create-views.ts';
import { views } from './views.ts';

/** How often a process looks whether the live model, or its landmark, has changed. */
const everyMs = 5_000;

/** Keeps the views of the schema `bi`: they show the live model. */
@Injectable()
export class KeepViews implements OnApplicationShutdown {
  /** What the views were made for. */
  private made = '';
  private running: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
    @InjectLogger() private readonly logger: Logger,
    dependencies: Dependencies,
  ) {
    dependencies.whenReady(() => {
      this.timer ??= setInterval(() => this.start(), everyMs).unref();
      this.start();
      return Promise.resolve();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Makes the views again if something has changed. */
  async refresh(): Promise<void> {
    const loaded = await this.live.read();
    await transaction(this.dataSource, async (client) => {
      const rows = (await findScoreRows(client, loaded)) ?? { ...loaded, landmarkMs: 0, latestMs: 0 };
      const wanted = `${loaded.modelId} ${rows.landmarkMs}`;
      if (wanted === this.made) return;
      await this.make(client, rows);
      this.made = wanted;
    });
  }

  private start(): void {
    this.running = this.running
      .then(() => this.refresh())
      .catch((error: unknown) => {
        this.logger.warn(`the views of the schema bi are not up to date, and are made again soon: ${reasonOf(error)}`);
      });
  }

  private async make(client: PoolClient, rows: ScoreRows): Promise<void> {
    await client.query(`select pg_advisory_xact_lock(hashtextextended('scoring.bi', 0))`);
    await createViews(client, views(rows));
    const isGranted = await grantViews(client);
    this.logger.info({ version: rows.model.version }, 'the views of the schema bi show the live model');
    if (!isGranted)
      this.logger.warn(
        `the user of the database may not create roles: create role ${biRole} nologin, and start again, to let others read the views`,
      );
  }
}
