import { Controller } from '@nestjs/common';
import { topics } from '@sestante/contracts';
import { InjectStream, sendExport } from '@sestante/runtime';
import { type Batch, done, Handles, type Outcome, type Stream } from '@sestante/streaming';
import { DataSource } from 'typeorm';
import { readDecisions, withoutMember } from './store/decisions.ts';
import { readOffers } from './store/offers.ts';
import { toOfferResponse } from './translate.ts';

const pageSize = 200;

/** Sends the offers of a customer, and the decisions behind them, to the customer's export. */
@Controller()
export class ExportOffers {
  constructor(
    private readonly dataSource: DataSource,
    @InjectStream() private readonly stream: Stream,
  ) {}

  @Handles(topics.exports, { group: 'offers', batchSize: 1 })
  async handle(batch: Batch<typeof topics.exports>): Promise<readonly Outcome[]> {
    const { stream } = this;
    for (const { data } of batch)
      await sendExport({ service: 'offers', stream, filesOf: ({ customerId }) => this.filesOf(customerId) }, data);
    return batch.map(() => done);
  }

  private filesOf(customerId: string) {
    return [
      { name: 'offers', items: this.offersOf(customerId) },
      { name: 'decisions', items: this.decisionsOf(customerId) },
    ];
  }

  private async *offersOf(customerId: string): AsyncGenerator<object> {
    for (let before: string | undefined; ;) {
      const page = await readOffers(this.dataSource, customerId, pageSize, before);
      yield* page.map(toOfferResponse);
      if (page.length < pageSize) return;
      before = page.at(-1)!.position;
    }
  }

  private async *decisionsOf(customerId: string): AsyncGenerator<object> {
    for (let before: string | undefined; ;) {
      const page = await readDecisions(this.dataSource, customerId, { before, limit: pageSize });
      yield* page.map(withoutMember);
      if (page.length < pageSize) return;
      before = page.at(-1)!.decisionId;
    }
  }
}
