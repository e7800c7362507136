import { Controller } from '@nestjs/common';
import { type ExportRequested, topics } from '@sestante/contracts';
import { InjectStream, sendExport } from '@sestante/runtime';
import { type Batch, done, Handles, type Outcome, type Stream } from '@sestante/streaming';
import { DataSource } from 'typeorm';
import { readEventsOf } from './read-events-of.ts';

/** Sends the events of a customer that were rejected, or accepted as incomplete, to the customer's export. */
@Controller()
export class ExportEvents {
  constructor(
    private readonly dataSource: DataSource,
    @InjectStream() private readonly stream: Stream,
  ) {}

  @Handles(topics.exports, { group: 'ingest', batchSize: 1 })
  async handle(batch: Batch<typeof topics.exports>): Promise<readonly Outcome[]> {
    const { stream } = this;
    for (const { data } of batch)
      await sendExport({ service: 'ingest', stream, filesOf: (request) => this.filesOf(request) }, data);
    return batch.map(() => done);
  }

  private filesOf(request: ExportRequested) {
    return [
      { name: 'rejected', items: readEventsOf(this.dataSource, 'rejected', request) },
      { name: 'incomplete', items: readEventsOf(this.dataSource, 'incomplete', request) },
    ];
  }
}
