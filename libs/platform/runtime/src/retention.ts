import { Injectable } from '@nestjs/common';
import { type MonthlyPartitions, type Removal, type RemovalOptions, reasonOf } from '@sestante/postgres';
import { HourlyJobs } from './hourly-jobs.ts';
import type { Logger } from './logger.ts';
import { InjectLogger } from './tokens.ts';

type Months = Pick<MonthlyPartitions, 'table' | 'prepareNext' | 'removeExpired'>;

/** Prepares the next months of partitioned tables and removes their expired months: at the start, and every hour. */
@Injectable()
export class Retention {
  constructor(
    private readonly hourly: HourlyJobs,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /**
   * Starts as soon as the dependency is open. A failure is logged and does not delay the start: handlers create the partitions that they need. Nor does a
   * removal, which may take minutes.
   */
  add(dependency: string, months: Months, options: Omit<RemovalOptions, 'now'>): void {
    let removing: Promise<void> | undefined;
    this.hourly.add(dependency, async () => {
      await this.prepare(months);
      removing ??= this.remove(months, options).finally(() => {
        removing = undefined;
      });
    });
  }

  private async prepare(months: Months): Promise<void> {
    try {
      await months.prepareNext();
    } catch (error) {
      this.warn(months, 'the partition of the next month is not created, the next hour tries again', error);
    }
  }

  private async remove(months: Months, options: RemovalOptions): Promise<void> {
    try {
      this.log(months, await months.removeExpired(options));
    } catch (error) {
      this.warn(months, 'expired months are not removed, the next hour tries again', error);
    }
  }

  private log(months: Months, { marked, unmarked, dropped, failed }: Removal): void {
    const { table } = months;
    if (marked.length > 0)
      this.logger.info({ table, partitions: marked }, 'expired months will be removed in 24 hours');
    if (unmarked.length > 0)
      this.logger.warn({ table, partitions: unmarked }, 'months are not expired any more and stay: a clock was ahead');
    if (dropped.length > 0) this.logger.info({ table, partitions: dropped }, 'removed expired months');
    for (const { partition, error } of failed)
      this.warn(months, `${partition} is not removed, the next hour tries again`, error);
  }

  private warn({ table }: Months, text: string, error: unknown): void {
    this.logger.warn({ table }, `${text}: ${reasonOf(error)}`);
  }
}
