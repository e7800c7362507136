import { checkActivity, nameOfTitle, nameUuid } from '@sestante/contracts';
import type { Activity } from '@sestante/engagement';
import type { HouseholdEvent } from '../replay/household-event.ts';

/** What is known about one household. */
export interface Household {
  readonly id: string;
  /** Oldest first. */
  readonly activities: readonly Activity[];
  /** The instants of its orders, oldest first, in milliseconds since 1970. */
  readonly baskets: readonly number[];
}

/** The namespace of the ids of the activities, in the place of the id of a source: 16 bytes. */
const namespace = new Uint8Array(16);

/** Groups the events by household, as activities. The events are sorted by time. */
export function toHouseholds(events: readonly HouseholdEvent[]): Household[] {
  const activities = Map.groupBy(events, ({ household }) => household);
  return [...activities].map(([id, ofHousehold]) => {
    return householdOf(id, ofHousehold.map(toActivity));
  });
}

/** A household with these activities, oldest first. */
export function householdOf(id: string, activities: readonly Activity[]): Household {
  return { id, activities, baskets: activities.filter(isOrder).map(({ at }) => at) };
}

/** The activity that ingest makes of the event of a till, without arrays, as scoring keeps it. A till has a secret key. */
export function toActivity({ at, event }: HouseholdEvent): Activity {
  const title = event.event ?? '';
  const name = nameOfTitle(title) ?? title;
  const { properties } = checkActivity(name, event.properties ?? {});
  const kept = Object.fromEntries(Object.entries(properties).filter(([, value]) => !Array.isArray(value)));
  const activityId = nameUuid(namespace, event.messageId);
  return { activityId, name, at, channel: event.context.channel, vouchedBy: 'secret', properties: kept };
}

/** The household as it was known before an instant. */
export function before({ id, activities, baskets }: Household, instant: number): Household {
  return {
    id,
    activities: activities.filter(({ at }) => at < instant),
    baskets: baskets.filter((at) => at < instant),
  };
}

const isOrder = ({ name }: Activity) => name === 'order.completed';
