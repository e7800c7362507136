import { Global, Module } from '@nestjs/common';
import { foreignTopics, topics } from '@sestante/contracts';
import { dataSourceOf } from '@sestante/postgres';
import {
  coalescing,
  kafkaStream,
  postgresStream,
  type Stream,
  streamMigrations,
  TopicsNotReady,
} from '@sestante/streaming';
import type { Config } from './config.ts';
import { kafkaWarnings } from './config/kafka-faults.ts';
import { kafkaOptionsOf } from './config/kafka-options.ts';
import { Dependencies } from './dependencies.ts';
import type { Logger } from './logger.ts';
import type { Tracing } from './observe/tracing/tracing.ts';
import { postgresDependency } from './postgres-dependency.ts';
import { tokens } from './tokens.ts';

/** Together with the time that HTTP may take before, a stop takes less than 5 s. */
const closeTimeoutMs = 2_000;

/** The stream: Kafka if KAFKA_BROKERS is set, otherwise tables in Postgres. */
@Global()
@Module({
  providers: [
    {
      provide: tokens.stream,
      inject: [tokens.config, tokens.logger, Dependencies, tokens.tracing],
      useFactory: openStream,
    },
  ],
  exports: [tokens.stream],
})
export class StreamModule {}

function openStream(config: Config, logger: Logger, dependencies: Dependencies, tracing: Tracing | undefined): Stream {
  const log = (line: string) => logger.warn({ part: 'stream' }, line);
  const kafka = kafkaOptionsOf(config);
  kafkaWarnings(config).forEach(log);
  const stream = coalescing(kafka ? kafkaStream({ ...kafka, clientId: 'sestante', log }) : onPostgres());
  const declared = Object.values({ ...topics, ...foreignTopics }).map(({ name }) => ({
    name,
    partitions: config.SESTANTE_PARTITIONS,
  }));
  dependencies.add({
    name: kafka ? 'kafka' : 'stream',
    async open() {
      // Checked first, because `prepare` waits for an unavailable cluster without reporting the reason.
      if (kafka) await stream.check();
      await stream.prepare(declared);
    },
    isPermanent: (error) => error instanceof TopicsNotReady,
    check: () => stream.check(),
    close: async () => undefined,
  });
  return tracing?.tracePublications(stream) ?? stream;

  function onPostgres(): Stream {
    const dataSource = dataSourceOf({
      url: config.DATABASE_URL!,
      schema: 'stream',
      migrations: streamMigrations,
      poolSize: 16,
    });
    dependencies.add(postgresDependency(dataSource, 'stream'));
    return postgresStream({ dataSource, log, closeTimeoutMs });
  }
}
