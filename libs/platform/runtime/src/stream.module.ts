import { Global, Module } from '@nestjs/common';
import { foreignTopics, topics } from '@sestante/contracts';
import { dataSourceOf } from '@sestante/postgres';
import {
  coalescing,
  kafkaStream,
  postgresStream,
  type Stream,
  streamMigrations,
  UnfitTopics,
} from '@sestante/streaming';
import type { Config } from './config.ts';
import { kafkaWarnings } from './config/kafka-faults.ts';
import { kafkaOptionsOf } from './config/kafka-options.ts';
import { Dependencies } from './dependencies.ts';
import type { Logger } from './logger.ts';
import type { Tracing } from './observe/tracing/tracing.ts';
import { postgresDependency } from './postgres-dependency.ts';
import { tokens } from './tokens.ts';

/** With what HTTP may need before, a stop stays under 5 s. */
const closePatienceMs = 2_000;

/** The stream: Kafka where KAFKA_BROKERS names a cluster, else tables in Postgres. */
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
      // Asked first, because `prepare` waits for a cluster that is away without saying why.
      if (kafka) await stream.check();
      await stream.prepare(declared);
    },
    isHopeless: (error) => error instanceof UnfitTopics,
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
    return postgresStream({ dataSource, log, closePatienceMs });
  }
}
