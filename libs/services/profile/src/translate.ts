import { type ActivityReceived, type CustomerActed, happenedAt } from '@sestante/contracts';
import { removePersonalData } from './remove-personal-data.ts';
import type { KnownOfCustomer } from './standings.ts';
import type { TimelineEntry } from './store/new-activities.ts';
import type { StoredActivity } from './store/timeline.ts';
import type { Trait } from './store/traits.ts';

/** In characters. A longer name of a trait may not fit into an index. */
const maxTraitNameLength = 256;

/** The activity with its instants in the format in which they are stored, published and compared. An invalid instant stays: the store rejects it. */
export function toActivity(received: ActivityReceived): ActivityReceived {
  return {
    ...received,
    timestamp: inMilliseconds(received.timestamp),
    receivedAt: inMilliseconds(received.receivedAt),
  };
}

/** The target format, which most instants already have. */
const canonical = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function inMilliseconds(instant: string): string {
  if (canonical.test(instant)) return instant;
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? instant : at.toISOString();
}

/** The traits that the activity sets for its member. Traits with names over 256 characters are left out. */
export function toTraits(entry: TimelineEntry): Trait[] {
  const { memberId, traits, receivedAt, sequence = 0, source } = entry;
  return Object.entries(traits)
    .filter(([name]) => name.length <= maxTraitNameLength)
    .map(([name, value]) => ({ memberId, name, value, setAt: happenedAt(entry), receivedAt, sequence, source }));
}

/** The activity without personal data, with what is known of its customer after it. */
export function toCustomerActed(activity: StoredActivity, { standing, attributes }: KnownOfCustomer): CustomerActed {
  const { customerId, memberId, moves, activityId, name, channel, vouchedBy, timestamp, receivedAt, properties } =
    activity;
  const acted = {
    customerId,
    memberId,
    moves,
    activityId,
    name,
    channel,
    vouchedBy,
    timestamp,
    receivedAt,
    properties: removePersonalData(properties),
    standing,
  };
  return attributes ? { ...acted, attributes } : acted;
}
