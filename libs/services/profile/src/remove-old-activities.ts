import { Injectable } from '@nestjs/common';
import { MonthlyPartitions } from '@sestante/postgres';
import { type Config, InjectConfig, Retention } from '@sestante/runtime';

/** Removes the months of the timeline after their retention time. */
@Injectable()
export class RemoveOldActivities {
  constructor(months: MonthlyPartitions, retention: Retention, @InjectConfig() config: Config) {
    retention.add('postgres/profile', months, { keepMonths: config.SESTANTE_ACTIVITY_MONTHS });
  }
}
