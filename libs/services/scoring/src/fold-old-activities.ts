import { Injectable } from '@nestjs/common';
import { MonthlyPartitions } from '@sestante/postgres';
import { type Config, InjectConfig, Retention } from '@sestante/runtime';
import { foldExpired } from './store/fold-expired.ts';

/** A month of activities that expires is folded into the bases of its members, and then dropped. */
@Injectable()
export class FoldOldActivities {
  constructor(months: MonthlyPartitions, retention: Retention, @InjectConfig() config: Config) {
    const keepMonths = config.SESTANTE_EVIDENCE_MONTHS;
    retention.add('postgres/scoring', months, { keepMonths, beforeDrop: foldExpired });
  }
}
