import { setTimeout as sleep } from 'node:timers/promises';
import { Controller } from '@nestjs/common';
import { type ActivityScored, happenedAt, topics } from '@sestante/contracts';
import { transaction } from '@sestante/postgres';
import { type Batch, done, Handles, type Outcome } from '@sestante/streaming';
import { DataSource } from 'typeorm';
import { UpdateMembers } from './audiences/update-members.ts';
import { LiveModel } from './live-model.ts';
import { type ActivitySpan, extended } from './read-model/activity-spans.ts';
import { type Changed, refreshScoreRows } from './read-model/refresh-score-rows.ts';
import { toldOf, type ToldOfCustomer } from './read-model/told-of-customer.ts';

/** The time between two writes. Activities that arrive meanwhile are written together: a customer who acts several times is written once. */
const everyMs = 1_000;
/** A batch with so many messages is written at once. */
const batchSize = 10_000;
/** How many rows are computed at a time: some milliseconds, in which no request is answered. */
const customersAtOnce = 1_000;

type Events = Batch<typeof topics.scores>;

/**
 * Writes the rows of `scoring.customer_score` of all customers whose scores may have changed, from their present states. It reads only the keys and instants of the
 * messages. To repeat it changes nothing, so progress is committed after the rows.
 */
@Controller()
export class FollowScores {
  private nextAt = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
    private readonly members: UpdateMembers,
  ) {}

  @Handles(topics.scores, { group: 'scoring', batchSize })
  async handle(batch: Events): Promise<readonly Outcome[]> {
    const waitMs = this.nextAt - Date.now();
    if (waitMs > 0 && batch.length < batchSize) await sleep(waitMs);
    this.nextAt = Date.now() + everyMs;
    for (const changed of partsOf(changesIn(batch))) await this.write(changed);
    return batch.map(() => done);
  }

  /** The live model is read after the batch has come: what was scored after a promotion is written under the new model. The promotion writes the rest. */
  private async write(changed: Changed): Promise<void> {
    const live = await this.live.read();
    const written = await transaction(this.dataSource, async (client) => {
      // A crash of the server may lose the last rows together with the progress after them.
      await client.query('set local synchronous_commit = off');
      return refreshScoreRows(client, live, changed);
    });
    await this.members.update(written);
  }
}

interface Changes {
  readonly acted: Map<string, ActivitySpan>;
  /** The last activity of each customer. */
  readonly last: Map<string, ActivityScored>;
  readonly regrouped: Set<string>;
}

function changesIn(batch: Events): Changes {
  const [acted, regrouped] = [new Map<string, ActivitySpan>(), new Set<string>()];
  const last = new Map<string, ActivityScored>();
  for (const event of batch) {
    if ('members' in event.data) {
      regrouped.add(event.data.customerId);
      if ('formerId' in event.data) regrouped.add(event.data.formerId);
    } else {
      const { customerId } = event.data;
      acted.set(customerId, extended(acted.get(customerId), Date.parse(happenedAt(event.data))));
      last.set(customerId, event.data);
    }
  }
  return { acted, last, regrouped };
}

function* partsOf({ acted, last, regrouped }: Changes): Generator<Changed> {
  const toldOfAll = (customerIds: Iterable<string>): Map<string, ToldOfCustomer> =>
    new Map(
      Iterator.from(customerIds).flatMap((customerId) => {
        const activity = last.get(customerId);
        return activity ? [[customerId, toldOf(activity)] as const] : [];
      }),
    );
  if (regrouped.size > 0) yield { acted: new Map(), regrouped, told: toldOfAll(regrouped) };
  const left = [...acted].filter(([customerId]) => !regrouped.has(customerId));
  for (let start = 0; start < left.length; start += customersAtOnce) {
    const some = new Map(left.slice(start, start + customersAtOnce));
    yield { acted: some, regrouped: [], told: toldOfAll(some.keys()) };
  }
}
