/** What was sent as the token of a customer: that of `customerId`, or one that is forged, malformed or expired. */
export type CustomerToken = { readonly customerId: string } | 'invalid';
