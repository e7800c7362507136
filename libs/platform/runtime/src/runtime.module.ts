import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Stream } from '@sestante/streaming';
import { AccessModule } from './access/access.module.ts';
import type { Config } from './config.ts';
import { Dependencies } from './dependencies.ts';
import { Hourly } from './hourly.ts';
import { CrossOrigin } from './http/cross-origin.ts';
import { ProblemAnswers } from './http/problem-answers.ts';
import { DeadLettersModule } from './dead-letters/dead-letters.module.ts';
import { HealthController } from './observe/health.controller.ts';
import type { Logger } from './logger.ts';
import { createMetrics } from './observe/metrics.ts';
import { MetricsController } from './observe/metrics.controller.ts';
import { Stats } from './observe/stats.ts';
import { StatsController } from './observe/stats.controller.ts';
import type { Tracing } from './observe/tracing/tracing.ts';
import { StreamModule } from './stream.module.ts';
import { InjectStream, tokens } from './tokens.ts';

/** What a process is given from outside. */
export interface Surroundings {
  readonly config: Config;
  readonly logger: Logger;
  readonly tracing: Tracing | undefined;
}

/** What every process has: configuration, log, metrics, health, access, the stream, and dead letters. */
@Global()
@Module({
  imports: [StreamModule, AccessModule, DeadLettersModule],
  controllers: [HealthController, MetricsController, StatsController],
})
export class RuntimeModule implements OnApplicationShutdown {
  constructor(
    private readonly dependencies: Dependencies,
    @InjectStream() private readonly stream: Stream,
    @Inject(tokens.tracing) private readonly tracing: Tracing | undefined,
  ) {}

  static for({ config, logger, tracing }: Surroundings): DynamicModule {
    return {
      module: RuntimeModule,
      providers: [
        { provide: tokens.config, useValue: config },
        { provide: tokens.logger, useValue: logger },
        { provide: tokens.tracing, useValue: tracing },
        { provide: tokens.metrics, useFactory: createMetrics },
        Dependencies,
        Hourly,
        Stats,
        CrossOrigin,
        ProblemAnswers,
      ],
      exports: [tokens.config, tokens.logger, tokens.tracing, tokens.metrics, Dependencies, Hourly, Stats, CrossOrigin],
    };
  }

  /** After the last answer: running handlers end and commit, then the connections close. */
  async onApplicationShutdown(): Promise<void> {
    await this.stream.close();
    await this.dependencies.close();
    await this.tracing?.close();
  }
}
