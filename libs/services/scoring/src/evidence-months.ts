import { Injectable } from '@nestjs/common';
import { type Instant, MonthlyPartitions } from '@sestante/postgres';
import { type Config, InjectConfig, Retention } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { foldExpired } from './store/fold-expired.ts';

/** The months of the evidence. One that expires is folded into the bases of its members, and then dropped. */
@Injectable()
export class EvidenceMonths {
  private readonly partitions: MonthlyPartitions;

  constructor(dataSource: DataSource, retention: Retention, @InjectConfig() config: Config) {
    this.partitions = new MonthlyPartitions(dataSource, { schema: 'scoring', table: 'evidence' });
    const keepMonths = config.SESTANTE_EVIDENCE_MONTHS;
    retention.add('postgres/scoring', this.partitions, { keepMonths, beforeDrop: foldExpired });
  }

  /** See `MonthlyPartitions`. */
  ensure(instants: Iterable<Instant>): Promise<void> {
    return this.partitions.ensure(instants);
  }

  /** See `MonthlyPartitions`. */
  inserting<T>(insert: () => Promise<T>): Promise<T> {
    return this.partitions.inserting(insert);
  }
}
