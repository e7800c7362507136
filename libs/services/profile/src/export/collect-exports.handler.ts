import { Controller } from '@nestjs/common';
import { topics } from '@sestante/contracts';
import { InjectStream, sendExport } from '@sestante/runtime';
import { type Batch, done, Handles, type Outcome, type Stream } from '@sestante/streaming';
import { Customers } from '../store/customers.ts';
import { ExportParts } from './export-parts.ts';
import { OwnFiles } from './own-files.ts';

/** Collects exports: what this service stores itself, and the parts that other services send. */
@Controller()
export class CollectExports {
  constructor(
    private readonly customers: Customers,
    private readonly parts: ExportParts,
    private readonly files: OwnFiles,
    @InjectStream() private readonly stream: Stream,
  ) {}

  @Handles(topics.exports, { group: 'profile', batchSize: 1 })
  async addOwn(batch: Batch<typeof topics.exports>): Promise<readonly Outcome[]> {
    const { stream, parts, files, customers } = this;
    const filesOf = async ({ customerId }: { readonly customerId: string }) =>
      files.of((await customers.currentId(customerId)) ?? customerId);
    for (const { data } of batch)
      await sendExport({ service: 'profile', stream, filesOf, send: (part) => parts.add(part) }, data);
    return batch.map(() => done);
  }

  @Handles(topics.exportParts, { group: 'profile', batchSize: 8 })
  async addParts(batch: Batch<typeof topics.exportParts>): Promise<readonly Outcome[]> {
    for (const { data } of batch) await this.parts.add(data);
    return batch.map(() => done);
  }
}
