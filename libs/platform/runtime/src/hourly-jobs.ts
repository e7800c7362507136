import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Dependencies } from './dependencies.ts';

const everyMs = 3_600_000;

/** Jobs that run every hour, such as removing old data. */
@Injectable()
export class HourlyJobs implements OnApplicationShutdown {
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(private readonly dependencies: Dependencies) {}

  /** Runs the job as soon as the dependency is open, and every hour after that. A job that fails runs again an hour later. */
  add(dependency: string, job: () => Promise<void>): void {
    this.dependencies.whenOpen(dependency, job);
    this.timers.push(setInterval(() => void job().catch(() => undefined), everyMs).unref());
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
  }
}
