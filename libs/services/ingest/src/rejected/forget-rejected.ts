import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Config, Dependencies, InjectConfig, InjectLogger, type Logger } from '@sestante/runtime';
import { IncompleteEvents } from '../incomplete/incomplete-events.ts';
import { RejectedEvents } from './rejected-events.ts';

const everyMs = 3_600_000;

/** Removes rejected events, and what was kept of incomplete ones, when their time is over: at the start, and every hour. */
@Injectable()
export class ForgetRejected implements OnApplicationShutdown {
  private readonly timer = setInterval(() => void this.forget().catch(() => undefined), everyMs);

  constructor(
    private readonly rejectedEvents: RejectedEvents,
    private readonly incompleteEvents: IncompleteEvents,
    dependencies: Dependencies,
    @InjectConfig() private readonly config: Config,
    @InjectLogger() private readonly logger: Logger,
  ) {
    this.timer.unref();
    dependencies.whenOpen('postgres/ingest', () => this.forget());
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** The next hour tries again what fails. */
  private async forget(): Promise<void> {
    const days = this.config.SESTANTE_REJECTED_DAYS;
    const [rejected, incomplete] = await Promise.all([
      this.rejectedEvents.forget(days),
      this.incompleteEvents.forget(days),
    ]);
    if (rejected + incomplete > 0)
      this.logger.info({ rejected, incomplete }, 'rejected and incomplete events are removed: their time is over');
  }
}
