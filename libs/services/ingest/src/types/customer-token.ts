/** The customer of a valid token. A weak one ends when this customer is merged into another one. */
export interface ValidToken {
  readonly customerId: string;
  readonly isWeak: boolean;
}

/** What was sent as the token of a customer: a valid one, or one that is forged, malformed or expired. */
export type CustomerToken = ValidToken | 'invalid';
