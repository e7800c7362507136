import { Injectable } from '@nestjs/common';
import { Stats } from '@sestante/runtime';
import { DataSource } from 'typeorm';

/** Adds the number of kept activities to the statistics. */
@Injectable()
export class CountActivities {
  constructor(stats: Stats, dataSource: DataSource) {
    stats.add(async () => {
      const [row] = await dataSource.query<{ evidence: number }[]>(
        'select count(*)::int as evidence from scoring.activity',
      );
      return { evidence: row!.evidence };
    });
  }
}
