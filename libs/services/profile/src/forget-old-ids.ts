import { Injectable } from '@nestjs/common';
import { reasonOf } from '@sestante/postgres';
import { type Config, HourlyJobs, InjectConfig, InjectLogger, type Logger } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { forgetSeen } from './store/forget-seen.ts';

/** How much longer ids are kept than activities, so that a repeat of an activity that is removed is still recognised. */
export const extraMonths = 3;

/** Removes the ids of activities after their retention time: at the start, which does not wait for it, and every hour. */
@Injectable()
export class ForgetOldIds {
  private forgetting: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    hourly: HourlyJobs,
    @InjectConfig() private readonly config: Config,
    @InjectLogger() private readonly logger: Logger,
  ) {
    hourly.add('postgres/profile', async () => {
      this.forgetting ??= this.forget().finally(() => {
        this.forgetting = undefined;
      });
    });
  }

  private async forget(): Promise<void> {
    const keepMonths = this.config.SESTANTE_ACTIVITY_MONTHS + extraMonths;
    try {
      const ids = await forgetSeen(this.dataSource, { keepMonths });
      if (ids > 0) this.logger.info({ ids }, 'removed ids of activities after their retention time');
    } catch (error) {
      this.logger.warn(`old ids of activities are not removed, the next hour tries again: ${reasonOf(error)}`);
    }
  }
}
