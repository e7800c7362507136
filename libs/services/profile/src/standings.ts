import type { AttributeName, CustomerActed } from '@sestante/contracts';
import { attributesOf } from './attributes/attribute-entries.ts';
import { defaultStanding, type LatestValues, setIfLater, type StandingEntry, standingOf } from './standing-entries.ts';
import type { StoredActivity } from './store/timeline.ts';

/** What is published of a customer beside the activity. */
export type KnownOfCustomer = Pick<CustomerActed, 'standing' | 'attributes'>;

const nothingKnown: KnownOfCustomer = { standing: defaultStanding };

/** The latest values of customers, and what activities of a batch change of them. */
interface Values {
  /** The stored values before the batch; `knownAfter` changes them. */
  readonly latestByCustomer: Map<string, LatestValues>;
  /** The values that activities of the batch set, by activity id; absent for activities that set none, or were stored before. */
  readonly entriesById: ReadonlyMap<string, readonly StandingEntry[]>;
  /** The attributes that are published. */
  readonly attributes: readonly AttributeName[];
}

/** The standing and the attributes of each activity's customer after it, in the given order. */
export function knownAfter(
  activities: readonly StoredActivity[],
  { latestByCustomer, entriesById, attributes: names }: Values,
): readonly KnownOfCustomer[] {
  const knownByCustomer = new Map<string, KnownOfCustomer>();
  return activities.map(({ activityId, customerId }) => {
    const added = entriesById.get(activityId);
    const previous = knownByCustomer.get(customerId);
    if (previous && !added) return previous;
    const latest = latestByCustomer.get(customerId) ?? new Map();
    for (const entry of added ?? []) setIfLater(latest, entry);
    latestByCustomer.set(customerId, latest);
    const known = latest.size === 0 ? nothingKnown : knownFrom(latest, names);
    knownByCustomer.set(customerId, known);
    return known;
  });
}

function knownFrom(latest: LatestValues, names: readonly AttributeName[]): KnownOfCustomer {
  const standing = standingOf(latest);
  const attributes = attributesOf(latest, names);
  return attributes ? { standing, attributes } : { standing };
}
