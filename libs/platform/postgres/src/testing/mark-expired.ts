import type { DataSource } from 'typeorm';
import { markOf } from '../monthly/partition.ts';

/** Marks a partition, such as `profile.activity_y2024m09`, as if it had been found expired some hours ago. After 24 hours it may be dropped. */
export async function markExpired(dataSource: DataSource, partition: string, hoursAgo: number): Promise<void> {
  await dataSource.query(`comment on table ${partition} is '${markOf(Date.now() - hoursAgo * 3_600_000)}'`);
}
