import { Injectable } from '@nestjs/common';
import { reasonOf } from '@sestante/postgres';
import { HourlyJobs, InjectLogger, type Logger } from '@sestante/runtime';
import { Exports } from './exports.ts';
import { RequestExports } from './request-exports.ts';

/** At the start and every hour: removes the files of exports that have expired, and asks again for those for which nobody was asked. */
@Injectable()
export class RemoveOldExports {
  constructor(
    private readonly exports: Exports,
    private readonly requests: RequestExports,
    hourly: HourlyJobs,
    @InjectLogger() private readonly logger: Logger,
  ) {
    hourly.add('postgres/profile', async () => void this.run());
  }

  private async run(): Promise<void> {
    try {
      const exports = await this.exports.removeExpired();
      if (exports > 0) this.logger.info({ exports }, 'removed exports that have expired');
      await this.requests.repeatUntold();
    } catch (error) {
      this.logger.warn(`old exports are not removed, the next hour tries again: ${reasonOf(error)}`);
    }
  }
}
