/** Activities that may say a word on `offers` or `personalisation`: true, false, "granted" or "denied". */
export const consentBearers: ReadonlySet<string> = new Set([
  'consent.updated',
  'preferences.updated',
  'customer.identified',
]);
