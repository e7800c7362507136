import { connect } from '@sestante/postgres';
import type { DataSource } from 'typeorm';
import type { Dependency } from './dependencies.ts';

/** A schema of the database, as something that has to be opened, watched and closed. */
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
