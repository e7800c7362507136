import { type DynamicModule, Module } from '@nestjs/common';
import { type DataSourceOptions, dataSourceOf } from '@sestante/postgres';
import { DataSource } from 'typeorm';
import type { Config } from './config.ts';
import { Dependencies } from './dependencies.ts';
import type { Logger } from './logger.ts';
import { postgresDependency } from './postgres-dependency.ts';
import { tokens } from './tokens.ts';

export type DatabaseOptions = Omit<DataSourceOptions, 'url' | 'onConnectionLost'>;

/** Provides a `DataSource` for a service's own schema. It is opened, migrated, checked and closed with the process. */
@Module({})
export class DatabaseModule {
  static for(options: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: DataSource,
          inject: [tokens.config, tokens.logger, Dependencies],
          useFactory: (config: Config, logger: Logger, dependencies: Dependencies) =>
            dataSource(options, config, { logger, dependencies }),
        },
      ],
      exports: [DataSource],
    };
  }
}

function dataSource(
  options: DatabaseOptions,
  config: Config,
  { logger, dependencies }: { logger: Logger; dependencies: Dependencies },
): DataSource {
  const source = dataSourceOf({
    ...options,
    url: config.DATABASE_URL!,
    onConnectionLost: (error) => logger.debug({ schema: options.schema }, `a connection was lost: ${error.message}`),
  });
  dependencies.add(postgresDependency(source, options.schema));
  return source;
}
