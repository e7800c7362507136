import { Injectable } from '@nestjs/common';
import { MonthlyPartitions } from '@sestante/postgres';
import { type Config, InjectConfig, Retention } from '@sestante/runtime';

/** Prepares the months of decisions, and removes them after their retention time. Offers stay: they are promises. */
@Injectable()
export class ForgetDecisions {
  constructor(months: MonthlyPartitions, retention: Retention, @InjectConfig() config: Config) {
    retention.add('postgres/offers', months, { keepMonths: config.SESTANTE_DECISION_MONTHS });
  }
}
