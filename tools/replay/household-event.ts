import { loyaltyCard, type TrackingEvent } from '../sestante/events.ts';

/** An event of a household, which is identified by its loyalty card. */
export interface HouseholdEvent {
  readonly household: string;
  readonly at: number;
  readonly event: TrackingEvent;
}

interface StoreEvent {
  readonly household: string;
  /** Unique in the data of the grocer, and the same in every replay. */
  readonly id: string;
  readonly event: string;
  readonly timestamp: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** An event in the store, in the form in which its till would send it. */
export function storeEvent({ household, id, event, timestamp, properties }: StoreEvent): HouseholdEvent {
  const context = { channel: 'store', externalIds: [loyaltyCard(household)] } as const;
  const messageId = `complete-journey:${id}`;
  return {
    household,
    at: Date.parse(timestamp),
    event: { type: 'track', event, messageId, timestamp, context, properties },
  };
}

/** Sorts by time, then by message id, so that the order is stable. */
export function byTime(one: HouseholdEvent, other: HouseholdEvent): number {
  return one.at - other.at || (one.event.messageId < other.event.messageId ? -1 : 1);
}
