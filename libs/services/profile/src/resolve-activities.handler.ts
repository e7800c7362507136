import { Controller } from '@nestjs/common';
import { type ActivityReceived, type Envelope, idReused, seal, topics } from '@sestante/contracts';
import { inOrder, MonthlyPartitions, Race } from '@sestante/postgres';
import { type Config, ErasedIdentifiers, InjectConfig, InjectStream } from '@sestante/runtime';
import {
  type Batch,
  done,
  firstOfEach,
  Handles,
  type Outcome,
  type Stream,
  toPossibleRepeat,
} from '@sestante/streaming';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { attributeEntriesOf } from './attributes/attribute-entries.ts';
import { consentRecordsOf } from './consent-records.ts';
import { countDropped, findKnown, markReturned, withoutErased } from './erasure/late-activities.ts';
import { refusedOf } from './erasure/refused-of.ts';
import { movedCustomers, placing, type Regrouping } from './regroup.ts';
import { regroupFor } from './regroup-for.ts';
import { resolveBatch } from './resolve-batch.ts';
import { allowedOf } from './may-set.ts';
import { type StandingEntry, standingEntriesOf } from './standing-entries.ts';
import { knownAfter, type KnownOfCustomer } from './standings.ts';
import { lockIdentities } from './store/identity-lock.ts';
import { currentSnapshot } from './store/snapshot.ts';
import { AlreadySeen, findSeen, type SeenActivity } from './store/seen.ts';
import type { TimelineEntry } from './store/new-activities.ts';
import type { StoredActivity } from './store/timeline.ts';
import { writeBatch } from './store/write-batch.ts';
import { tellingMoves } from './tell-moves.ts';
import { answersOfOwnBrowsers, withAllowedTraits, withWord } from './whose-word.ts';
import { toActivity, toCustomerActed } from './translate.ts';

/** After a repeat, this number of batches look up their activities first: a source that repeats once often does so again. */
const lookUpsAfterRepeat = 16;

/** The activities of a batch. */
interface Received {
  /** Each id once: of several with the same id, the first. */
  readonly activities: readonly ActivityReceived[];
  readonly all: readonly ActivityReceived[];
}

/** How a batch is stored. */
interface Way {
  /** Activities that were seen before are looked up first. */
  readonly isLookingUp: boolean;
  /** No other process changes identities meanwhile. */
  readonly isAlone: boolean;
}

/** Finds the customer of every activity, stores the activity in the timeline, and publishes it with the customer's standing after it. */
@Controller()
export class ResolveActivities {
  private lookUpsLeft = 0;
  private readonly erased = new ErasedIdentifiers('profile');

  constructor(
    private readonly dataSource: DataSource,
    @InjectStream() private readonly stream: Stream,
    private readonly months: MonthlyPartitions,
    @InjectConfig() private readonly config: Config,
  ) {}

  @Handles(topics.activities, { group: 'profile', isPaced: true })
  async handle(batch: Batch<typeof topics.activities>): Promise<readonly Outcome[]> {
    const activities = firstOfEach(batch, ({ activityId }) => activityId).map(({ data }) => toActivity(data));
    await this.months.ensure(activities.map(({ receivedAt }) => receivedAt));
    await this.store({ activities, all: batch.map(({ data }) => data) });
    return batch.map(() => done);
  }

  /**
   * Stores the batch as if all of its activities were new, without a look-up. If one of them is not, nothing is stored, and the batch is stored again at
   * once, this time with a look-up. It is also stored again, undisturbed, if another process changed its identities meanwhile.
   */
  private async store(received: Received): Promise<void> {
    const way = { isLookingUp: this.lookUpsLeft > 0, isAlone: false };
    if (way.isLookingUp) this.lookUpsLeft -= 1;
    for (;;) {
      try {
        return await this.storeOnce(received, way);
      } catch (error) {
        if (error instanceof AlreadySeen && !way.isLookingUp) way.isLookingUp = true;
        else if (error instanceof Race && !way.isAlone) way.isAlone = true;
        else throw error;
      }
    }
  }

  private async findRepeats(
    client: PoolClient,
    activities: readonly ActivityReceived[],
  ): Promise<ReadonlyMap<string, SeenActivity>> {
    const ids = activities.map(({ activityId }) => activityId);
    const seen = await findSeen(client, ids);
    if (seen.size > 0) this.lookUpsLeft = lookUpsAfterRepeat;
    return seen;
  }

  /**
   * Writes all effects of the batch in one transaction. An activity that is already in the timeline changes nothing, and is published again as stored:
   * the process that stored it may have crashed before it published. A different activity with the same id is refused. Messages keep the order of the
   * batch.
   */
  private storeOnce({ activities, all }: Received, { isLookingUp, isAlone }: Way): Promise<void> {
    return tellingMoves(this.stream, this.dataSource, async (client) => {
      if (isAlone) await lockIdentities(client, 'alone');
      const [snapshot, seen, known] = await inOrder([
        currentSnapshot(client),
        isLookingUp ? this.findRepeats(client, activities) : new Map<string, SeenActivity>(),
        findKnown(client, this.erased, activities),
      ] as const);
      const { owners, tokens } = known;
      const unseen = activities.filter(({ activityId }) => !seen.has(activityId));
      const kept = await withoutErased(client, this.erased, unseen, known);
      const resolved = resolveBatch(kept.activities, owners, tokens);
      const regrouping = await regroupFor(client, resolved);
      const place = placing(regrouping);
      const vouched = resolved.entries.map((entry) => withWord(place(entry), { tokens, regrouping }));
      const entries = withAllowedTraits(vouched, { owners, regrouping, confirmed: resolved.confirmed });
      const added = new Map(entries.map((entry) => [entry.activityId, entry]));
      const inTimeline = activities.flatMap(({ activityId }) => {
        const stored = seen.get(activityId)?.activity;
        return added.get(activityId) ?? (stored ? place(stored) : []);
      });
      const changes = changesOf(entries);
      const latest = await writeBatch(client, this.months, {
        ...{ snapshot, entries, regrouping },
        members: new Set(inTimeline.map(({ memberId }) => memberId)),
        standingEntries: [...changes.values()].flat(),
        consents: consentRecordsOf(entries, changes),
        ...customersOf(inTimeline, { regrouping, changes }),
      });
      await markReturned(client, resolved.members, kept.erasedAt);
      await countDropped(client, unseen.length - kept.activities.length);
      const { SESTANTE_ATTRIBUTES: attributes } = this.config;
      const told = knownAfter(inTimeline, { latestByCustomer: latest, entriesById: changes, attributes });
      const own = answersOfOwnBrowsers(inTimeline, activities, { owners, regrouping });
      const acted = inTimeline.map((activity, index) => {
        const message = toMessage(activity, told[index]!, own.has(activity.activityId));
        return added.has(activity.activityId) ? message : toPossibleRepeat(message);
      });
      const isIdReused = ({ activityId, contentHash }: ActivityReceived) =>
        (added.get(activityId) ?? seen.get(activityId) ?? { contentHash }).contentHash !== contentHash;
      const refused = await refusedOf(client, this.erased, all.filter(isIdReused));
      const refusals = { topic: topics.refusals.name, messages: refused.map(toRefusal) };
      return { hasMoved: regrouping.moves.length > 0, acted, others: [refusals] };
    });
  }
}

/** The values of standings and the attributes that the activities may set, by activity id. Most activities set none. */
function changesOf(entries: readonly TimelineEntry[]): Map<string, readonly StandingEntry[]> {
  const changes = new Map<string, readonly StandingEntry[]>();
  for (const entry of entries) {
    const standing = allowedOf(standingEntriesOf(entry), entry.vouchedBy);
    const attributes = attributeEntriesOf(entry);
    const added = attributes.length > 0 ? [...standing, ...attributes] : standing;
    if (added.length > 0) changes.set(entry.activityId, added);
  }
  return changes;
}

/** The customers with members that the batch did not create, and those of them whose standing it changes. */
function customersOf(
  activities: readonly StoredActivity[],
  { regrouping, changes }: { regrouping: Regrouping; changes: ReadonlyMap<string, unknown> },
): { customers: readonly string[]; changed: ReadonlySet<string> } {
  const customers = new Set<string>();
  const changed = movedCustomers(regrouping);
  // A new account is the customer of a visitor who signs up, with the standing of the visitor.
  const created = new Set(regrouping.added.map(({ memberId }) => memberId).filter((id) => !changed.has(id)));
  for (const { activityId, customerId } of activities) {
    if (created.has(customerId)) continue;
    customers.add(customerId);
    if (changes.has(activityId)) changed.add(customerId);
  }
  return { customers: [...customers], changed };
}

function toMessage(activity: StoredActivity, known: KnownOfCustomer, isFromOwnBrowser: boolean): Envelope {
  const acted = toCustomerActed(activity, known);
  const data = isFromOwnBrowser ? { ...acted, isFromOwnBrowser: true as const } : acted;
  return seal(topics.customers, { event: 'CustomerActed', id: data.activityId, key: data.customerId, data });
}

function toRefusal(activity: ActivityReceived): Envelope {
  const data = { ...idReused, activity };
  return seal(topics.refusals, { event: 'ActivityRefused', id: activity.activityId, key: activity.source, data });
}
