import { Injectable } from '@nestjs/common';
import type { Config } from '../config.ts';
import { Hourly } from '../hourly.ts';
import type { Logger } from '../logger.ts';
import { InjectConfig, InjectLogger } from '../tokens.ts';
import { DeadLetters } from './dead-letters.ts';

/** Removes dead letters when their time is over: at the start, and every hour. */
@Injectable()
export class ForgetDeadLetters {
  constructor(
    private readonly letters: DeadLetters,
    hourly: Hourly,
    @InjectConfig() private readonly config: Config,
    @InjectLogger() private readonly logger: Logger,
  ) {
    hourly.from('postgres/letters', () => this.forget());
  }

  private async forget(): Promise<void> {
    const removed = await this.letters.forget(this.config.SESTANTE_DEAD_LETTER_DAYS);
    if (removed > 0) this.logger.info({ removed }, 'dead letters are removed: their time is over');
  }
}
