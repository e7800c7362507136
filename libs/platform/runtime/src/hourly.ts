import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Dependencies } from './dependencies.ts';

const everyMs = 3_600_000;

/** What has to be done again and again, such as removing what is too old. */
@Injectable()
export class Hourly implements OnApplicationShutdown {
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(private readonly dependencies: Dependencies) {}

  /** Does it as soon as the dependency is open, and every hour. The next hour tries again what fails. */
  from(dependency: string, step: () => Promise<void>): void {
    this.dependencies.whenOpen(dependency, step);
    this.timers.push(setInterval(() => void step().catch(() => undefined), everyMs).unref());
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
  }
}
