import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Stream } from '@sestante/streaming';
import { AccessModule } from './access/access.module.ts';
import { AuditModule } from './audit/audit.module.ts';
import type { Config } from './config.ts';
import { Dependencies } from './dependencies.ts';
import { HourlyJobs } from './hourly-jobs.ts';
import { CrossOrigin } from './http/cross-origin.ts';
import { ProblemSender } from './http/problem-sender.ts';
import { DeadLettersModule } from './dead-letters/dead-letters.module.ts';
import { HealthController } from './observe/health.controller.ts';
import type { Logger } from './logger.ts';
import { createMetrics } from './observe/metrics.ts';
import { MetricsController } from './observe/metrics.controller.ts';
import { Stats } from './observe/stats.ts';
import { StatsController } from './observe/stats.controller.ts';
import type { Tracing } from './observe/tracing/tracing.ts';
import { Retention } from './retention.ts';
import { StreamModule } from './stream.module.ts';
import { InjectStream, tokens } from './tokens.ts';

/** The values that a process is started with. */
export interface RuntimeOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly tracing: Tracing | undefined;
}

/** The parts of every process: configuration, log, metrics, health, access, the audit log, the stream and dead letters. */
@Global()
@Module({
  imports: [StreamModule, AccessModule, AuditModule, DeadLettersModule],
  controllers: [HealthController, MetricsController, StatsController],
})
export class RuntimeModule implements OnApplicationShutdown {
  constructor(
    private readonly dependencies: Dependencies,
    @InjectStream() private readonly stream: Stream,
    @Inject(tokens.tracing) private readonly tracing: Tracing | undefined,
  ) {}

  static for({ config, logger, tracing }: RuntimeOptions): DynamicModule {
    return {
      module: RuntimeModule,
      providers: [
        { provide: tokens.config, useValue: config },
        { provide: tokens.logger, useValue: logger },
        { provide: tokens.tracing, useValue: tracing },
        { provide: tokens.metrics, useFactory: createMetrics },
        Dependencies,
        HourlyJobs,
        Retention,
        Stats,
        CrossOrigin,
        ProblemSender,
      ],
      exports: [
        tokens.config,
        tokens.logger,
        tokens.tracing,
        tokens.metrics,
        Dependencies,
        HourlyJobs,
        Retention,
        Stats,
        CrossOrigin,
      ],
    };
  }

  /** Runs after the last response: running handlers finish and commit, then the connections are closed. */
  async onApplicationShutdown(): Promise<void> {
    await this.stream.close();
    await this.dependencies.close();
    await this.tracing?.close();
  }
}
