/** The channels in which a customer deals with the retailer. */
export const channels = ['web', 'mobile', 'store', 'service', 'other'] as const;
export type Channel = (typeof channels)[number];

/** Who vouches for an activity: a server or a till, the customer by their token, or a page alone. */
export const vouchers = ['secret', 'customer', 'page'] as const;
export type VouchedBy = (typeof vouchers)[number];

/** The properties of an activity, as received: JSON values of any type. */
export type Properties = Readonly<Record<string, unknown>>;

/** Something that a customer did or experienced. */
export interface Activity {
  readonly activityId: string;
  /** `object.action` in lower case, for example `order.completed`. */
  readonly name: string;
  /** When it happened, in milliseconds since 1970. */
  readonly at: number;
  readonly channel: Channel;
  readonly vouchedBy: VouchedBy;
  readonly properties: Properties;
}
