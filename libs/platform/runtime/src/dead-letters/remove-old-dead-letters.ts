import { Injectable } from '@nestjs/common';
import type { Config } from '../config.ts';
import { HourlyJobs } from '../hourly-jobs.ts';
import type { Logger } from '../logger.ts';
import { InjectConfig, InjectLogger } from '../tokens.ts';
import { DeadLetters } from './dead-letters.ts';

/** Removes dead letters after their retention time: at the start, and every hour. */
@Injectable()
export class RemoveOldDeadLetters {
  constructor(
    private readonly letters: DeadLetters,
    hourly: HourlyJobs,
    @InjectConfig() private readonly config: Config,
    @InjectLogger() private readonly logger: Logger,
  ) {
    hourly.add('postgres/letters', () => this.removeOld());
  }

  private async removeOld(): Promise<void> {
    const removed = await this.letters.removeOlderThan(this.config.SESTANTE_DEAD_LETTER_DAYS);
    if (removed > 0) this.logger.info({ removed }, 'removed dead letters after their retention time');
  }
}
