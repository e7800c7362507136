import { MonthlyPartitions } from '@sestante/postgres';
import type { DataSource } from 'typeorm';

/** The months of the activities. */
export const activityMonths = (dataSource: DataSource) =>
  new MonthlyPartitions(dataSource, { schema: 'scoring', table: 'activity' });
