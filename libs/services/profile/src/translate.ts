import { type ActivityReceived, type CustomerActed, happenedAt, type Standing } from '@sestante/contracts';
import { impersonal } from './impersonal.ts';
import type { KeptActivity, TimelineEntry } from './store/timeline.ts';
import type { Trait } from './store/traits.ts';

/** The most characters of a trait's name: more do not fit into an index. */
const longestName = 256;

/** The activity with its instants in the one form in which they are kept, said and compared. What is no instant is left for the database to refuse. */
export function toActivity(received: ActivityReceived): ActivityReceived {
  return {
    ...received,
    timestamp: inMilliseconds(received.timestamp),
    receivedAt: inMilliseconds(received.receivedAt),
  };
}

/** What most instants look like already. */
const canonical = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function inMilliseconds(instant: string): string {
  if (canonical.test(instant)) return instant;
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? instant : at.toISOString();
}

/** What the activity says about its member. Traits whose names are too long to be kept are left out. */
export function toTraits(entry: TimelineEntry): Trait[] {
  const { memberId, traits, receivedAt, sequence = 0 } = entry;
  return Object.entries(traits)
    .filter(([name]) => name.length <= longestName)
    .map(([name, value]) => ({ memberId, name, value, setAt: happenedAt(entry), receivedAt, sequence }));
}

/** The activity as later topics may carry it, with the standing of its customer after it. */
export function toCustomerActed(activity: KeptActivity, standing: Standing): CustomerActed {
  const { customerId, memberId, activityId, name, channel, timestamp, receivedAt, properties } = activity;
  return {
    customerId,
    memberId,
    activityId,
    name,
    channel,
    timestamp,
    receivedAt,
    properties: impersonal(properties),
    standing,
  };
}
