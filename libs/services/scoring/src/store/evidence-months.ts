import { MonthlyPartitions } from '@sestante/postgres';
import type { DataSource } from 'typeorm';

/** The months of the evidence. */
export const evidenceMonths = (dataSource: DataSource) =>
  new MonthlyPartitions(dataSource, { schema: 'scoring', table: 'evidence' });
