import { Injectable } from '@nestjs/common';
import { Stats } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { readTotals } from './store/totals.ts';

/** Adds the numbers of decisions and offers to the statistics. */
@Injectable()
export class CountOffers {
  constructor(stats: Stats, dataSource: DataSource) {
    stats.add(async () => ({ ...(await readTotals(dataSource)) }));
  }
}
