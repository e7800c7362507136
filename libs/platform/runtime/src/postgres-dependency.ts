import { connect } from '@sestante/postgres';
import type { DataSource } from 'typeorm';
import type { Dependency } from './dependencies.ts';

/** The schema of a data source as a dependency of the process. */
export function postgresDependency(dataSource: DataSource, schema: string): Dependency {
  return {
    name: `postgres/${schema}`,
    open: () => connect(dataSource, schema),
    check: () => dataSource.query('select 1').then(() => undefined),
    close: async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
    },
  };
}
