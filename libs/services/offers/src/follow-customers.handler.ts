import { Controller } from '@nestjs/common';
import { type CustomerActed, topics } from '@sestante/contracts';
import { type Batch, done, Handles, type Outcome } from '@sestante/streaming';
import { readCode, readOfferId } from '@sestante/offer-policy';
import { DataSource } from 'typeorm';
import { factsOf } from './standing.ts';
import { Followed, followers } from './followed.ts';
import { MissingOffers } from './missing-offers.ts';
import { type Answer, setStatuses, type Status, statuses } from './store/kept-offers.ts';
import { setFacts } from './store/standings.ts';

/** Notes what customers say about being contacted, and what became of their offers. */
@Controller()
export class FollowCustomers {
  constructor(
    private readonly dataSource: DataSource,
    private readonly followed: Followed,
    private readonly missing: MissingOffers,
  ) {}

  @Handles(topics.customers, { group: followers })
  async handle(batch: Batch<typeof topics.customers>): Promise<readonly Outcome[]> {
    const acted = batch.map(({ data }) => data);
    await setFacts(this.dataSource, acted.flatMap(factsOf));
    this.missing.count(await setStatuses(this.dataSource, acted.flatMap(answerOf)));
    this.followed.note(batch);
    return batch.map(() => done);
  }
}

/** `offer.redeemed` and its like name the offer by `offer_id` or `code`, in whatever way people and programs write them. */
function answerOf({ customerId, name, properties }: CustomerActed): Answer[] {
  const status = name.startsWith('offer.') ? (name.slice('offer.'.length) as Status) : undefined;
  const named = properties['offer_id'] ?? properties['code'];
  if (!status || !statuses.includes(status) || typeof named !== 'string') return [];
  return [{ customerId, offer: readOfferId(named) ?? readCode(named) ?? named, status }];
}
