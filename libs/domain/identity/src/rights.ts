/** Who vouches for an activity: a secret key, the customer by their token, or a page alone. */
export const vouchers = ['secret', 'customer', 'page'] as const;
export type VouchedBy = (typeof vouchers)[number];

/** `own-browser`: if the browser that sent the activity belongs to the customer whom it is about. */
export type Right = 'yes' | 'no' | 'own-browser';

const row = (secret: Right, customer: Right, page: Right) => ({ secret, customer, page });

/** What an activity may bring about, by who vouches for it. The README gives the reasons. */
export const rights = {
  'deny-consent': row('yes', 'yes', 'yes'),
  'grant-consent': row('yes', 'yes', 'no'),
  'pause-offers': row('yes', 'yes', 'yes'),
  'set-preferences': row('yes', 'yes', 'no'),
  'set-traits': row('yes', 'yes', 'own-browser'),
  'report-difficulty': row('yes', 'yes', 'no'),
  'report-failure': row('yes', 'yes', 'no'),
  'lift-protection': row('yes', 'yes', 'no'),
  'verify-identifier': row('yes', 'no', 'no'),
  'alias-account': row('yes', 'no', 'no'),
  'link-known-account': row('yes', 'yes', 'no'),
  'link-unknown-account': row('yes', 'yes', 'yes'),
  'cause-economic-offer': row('yes', 'yes', 'no'),
  'cause-relational-offer': row('yes', 'yes', 'yes'),
  'answer-offer': row('yes', 'yes', 'own-browser'),
  'redeem-offer': row('yes', 'yes', 'no'),
} as const satisfies Record<string, Record<VouchedBy, Right>>;
export type Act = keyof typeof rights;

/** Whether the activity may bring it about. */
export function may(vouchedBy: VouchedBy, act: Act, isOwnBrowser = false): boolean {
  const right: Right = rights[act][vouchedBy];
  return right === 'yes' || (right === 'own-browser' && isOwnBrowser);
}
