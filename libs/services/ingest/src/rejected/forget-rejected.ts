import { Injectable } from '@nestjs/common';
import { type Config, HourlyJobs, InjectConfig, InjectLogger, type Logger } from '@sestante/runtime';
import { IncompleteEvents } from '../incomplete/incomplete-events.ts';
import { RejectedEvents } from './rejected-events.ts';

/** Deletes rejected and incomplete events after their retention time: at the start, and every hour. */
@Injectable()
export class ForgetRejected {
  constructor(
    private readonly rejectedEvents: RejectedEvents,
    private readonly incompleteEvents: IncompleteEvents,
    hourly: HourlyJobs,
    @InjectConfig() private readonly config: Config,
    @InjectLogger() private readonly logger: Logger,
  ) {
    hourly.add('postgres/ingest', () => this.forget());
  }

  private async forget(): Promise<void> {
    const days = this.config.SESTANTE_REJECTED_DAYS;
    const [rejected, incomplete] = await Promise.all([
      this.rejectedEvents.forget(days),
      this.incompleteEvents.forget(days),
    ]);
    if (rejected + incomplete > 0)
      this.logger.info({ rejected, incomplete }, 'deleted rejected and incomplete events after their retention time');
  }
}
