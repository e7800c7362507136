import { loyaltyCard, type TrackingEvent } from '../sestante/events.ts';

/** An event of a household, which the grocer knows by its loyalty card. */
export interface HouseholdEvent {
  readonly household: string;
  readonly at: number;
  readonly event: TrackingEvent;
}

interface Happening {
  readonly household: string;
  /** Unique within the grocer's data, and the same in every replay. */
  readonly id: string;
  readonly event: string;
  readonly timestamp: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What happened in the store, as its till would send it. */
export function inStore({ household, id, event, timestamp, properties }: Happening): HouseholdEvent {
  const context = { channel: 'store', externalIds: [loyaltyCard(household)] } as const;
  const messageId = `complete-journey:${id}`;
  return {
    household,
    at: Date.parse(timestamp),
    event: { type: 'track', event, messageId, timestamp, context, properties },
  };
}

/** Oldest first; what happened at one instant always in the same order. */
export function byTime(one: HouseholdEvent, other: HouseholdEvent): number {
  return one.at - other.at || (one.event.messageId < other.event.messageId ? -1 : 1);
}
