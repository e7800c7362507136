import { Injectable } from '@nestjs/common';
import { Stats } from '@sestante/runtime';
import { DataSource } from 'typeorm';

/** Adds the numbers of decisions and offers to the statistics. */
@Injectable()
export class CountOffers {
  constructor(stats: Stats, dataSource: DataSource) {
    stats.add(async () => {
      const [row] = await dataSource.query<{ decisions: number; offers: number }[]>(
        'select (select count(*)::int from offers.decision) as decisions, (select count(*)::int from offers.offer) as offers',
      );
      return row!;
    });
  }
}
