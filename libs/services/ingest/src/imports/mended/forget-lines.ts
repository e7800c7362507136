import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Config, Dependencies, InjectConfig } from '@sestante/runtime';
import { ImportLines } from './import-lines.ts';

const everyMs = 3_600_000;

/** Forgets the lines of imports when the time of their rejected ones is over: at the start, and every hour. */
@Injectable()
export class ForgetLines implements OnApplicationShutdown {
  private readonly timer = setInterval(() => void this.forget().catch(() => undefined), everyMs);

  constructor(
    private readonly lines: ImportLines,
    dependencies: Dependencies,
    @InjectConfig() private readonly config: Config,
  ) {
    this.timer.unref();
    dependencies.whenOpen('postgres/ingest', () => this.forget());
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** The next hour tries again what fails. */
  private async forget(): Promise<void> {
    await this.lines.forget(this.config.SESTANTE_REJECTED_DAYS);
  }
}
