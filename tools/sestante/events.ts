/** The channel of an event, in `context.channel`. */
export type Channel = 'web' | 'mobile' | 'store' | 'service';

/** One event in the format of Segment's specification. Times are instants in ISO 8601. */
export interface TrackingEvent {
  readonly type: 'track' | 'identify' | 'page' | 'screen';
  /** The same for every transmission of the same event. */
  readonly messageId: string;
  readonly event?: string;
  readonly name?: string;
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly timestamp: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly traits?: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, unknown>> & { readonly channel: Channel };
}

/** The identifier of a loyalty card, for `context.externalIds`. */
export function loyaltyCard(id: string) {
  return { id, type: 'loyalty_card', collection: 'users', encoding: 'none' } as const;
}
