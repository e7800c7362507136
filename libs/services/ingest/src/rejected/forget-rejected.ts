import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Config, Dependencies, InjectConfig, InjectLogger, type Logger } from '@sestante/runtime';
import { RejectedEvents } from './rejected-events.ts';

const everyMs = 3_600_000;

/** Removes rejected events when their time is over: at the start, and every hour. */
@Injectable()
export class ForgetRejected implements OnApplicationShutdown {
  private readonly timer = setInterval(() => void this.forget().catch(() => undefined), everyMs);

  constructor(
    private readonly rejectedEvents: RejectedEvents,
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
    const count = await this.rejectedEvents.forget(this.config.SESTANTE_REJECTED_DAYS);
    if (count > 0) this.logger.info({ count }, 'rejected events are removed: their time is over');
  }
}
