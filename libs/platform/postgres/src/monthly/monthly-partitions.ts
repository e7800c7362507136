import type { DataSource } from 'typeorm';
import { isRetriable } from '../errors.ts';
import { createPartitions } from './create-partitions.ts';
import { isMissingPartition, MissingPartition } from './missing-partition.ts';
import { addMonths, canonicalMonth, type Instant, type Month, monthsOf } from './month.ts';
import type { PartitionedTable } from './partition.ts';
import { type Removal, type RemovalOptions, removeExpired } from './remove-expired.ts';

/**
 * The partitions of a table, one for each month in UTC that has rows. The migration of the service creates the table: `create table … partition by
 * range (received_at)`, with its indexes. Every partition gets them.
 */
export class MonthlyPartitions {
  /** Such as `profile.activity`. */
  readonly table: string;
  private readonly known = new Set<Month>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly of: PartitionedTable,
  ) {
    this.table = `${of.schema}.${of.table}`;
  }

  /**
   * Creates the missing partitions for rows of these instants. Runs no statement if all months are known. Call it before the transaction of the
   * batch: it takes its own connection. Every failure is retriable, except `InvalidInstant`, which is a fault of the data.
   */
  async ensure(instants: Iterable<Instant>): Promise<void> {
    const missing = new Set<Month>();
    for (const instant of instants) {
      const month = canonicalMonth(instant);
      if (month !== undefined && this.known.has(month)) continue;
      for (const each of monthsOf(instant)) if (!this.known.has(each)) missing.add(each);
    }
    if (missing.size > 0) await this.create(missing);
  }

  /** Creates the partitions of this month and of the next one, so that the turn of the month costs no batch anything. */
  async prepareNext(now = Date.now()): Promise<void> {
    await this.ensure([now, addMonths(new Date(now).setUTCDate(1), 1)]);
  }

  /**
   * Runs an insert into the table. If a row has no partition, because it was dropped meanwhile, this rejects with `MissingPartition`: the batch is
   * redelivered, and `ensure` creates the partition again. Anything else passes unchanged.
   */
  async inserting<T>(insert: () => Promise<T>): Promise<T> {
    try {
      return await insert();
    } catch (error) {
      if (!isMissingPartition(error, this.of)) throw error;
      this.known.clear();
      throw new MissingPartition(this.of, error);
    }
  }

  /** Marks and drops the partitions after their retention time: see `removeExpired`. */
  async removeExpired(options: RemovalOptions): Promise<Removal> {
    const removal = await removeExpired(this.dataSource, this.of, options);
    if (removal.dropped.length > 0) this.known.clear();
    return removal;
  }

  private async create(months: ReadonlySet<Month>): Promise<void> {
    try {
      await createPartitions(this.dataSource, this.of, months);
    } catch (error) {
      throw isRetriable(error) ? error : new MissingPartition(this.of, error);
    }
    for (const month of months) this.known.add(month);
  }
}
