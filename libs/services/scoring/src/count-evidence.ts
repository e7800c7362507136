import { Injectable } from '@nestjs/common';
import { Stats } from '@sestante/runtime';
import { DataSource } from 'typeorm';

/** Adds the number of activities with kept evidence under the live model to the statistics. */
@Injectable()
export class CountEvidence {
  constructor(stats: Stats, dataSource: DataSource) {
    stats.add(async () => {
      const [row] = await dataSource.query<{ evidence: number }[]>(
        `select count(*)::int as evidence from scoring.evidence
          where model_id = (select model_id from scoring.model where status = 'live')`,
      );
      return { evidence: row!.evidence };
    });
  }
}
