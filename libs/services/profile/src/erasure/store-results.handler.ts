import { Controller } from '@nestjs/common';
import { topics } from '@sestante/contracts';
import { type Batch, done, Handles, type Outcome } from '@sestante/streaming';
import { DataSource } from 'typeorm';
import { addResult } from './results.ts';

/** Stores what the other services removed, for the receipt. */
@Controller()
export class StoreErasureResults {
  constructor(private readonly dataSource: DataSource) {}

  @Handles(topics.erasureResults, { group: 'profile' })
  async handle(batch: Batch<typeof topics.erasureResults>): Promise<readonly Outcome[]> {
    for (const { data } of batch) await addResult(this.dataSource, data);
    return batch.map(() => done);
  }
}
