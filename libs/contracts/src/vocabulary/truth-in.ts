/** Words that say yes, and words that say no, as forms, consent platforms and shops of Europe write them; in small letters. */
const yes = new Set(
  'true yes y 1 on granted grant accepted accept allowed opt-in opt_in optin opted-in opted_in subscribed ja si sì sí oui sim tak'.split(
    ' ',
  ),
);
const no = new Set(
  (
    'false no n 0 off denied deny refused rejected declined withdrawn revoked opt-out opt_out optout opted-out opted_out unsubscribed ' +
    'nein non não nie nee nej'
  ).split(' '),
);

/** The truth that a value can only mean; any other value as it came. */
export function truthIn(value: unknown): unknown {
  if (value === 1 || value === 0) return value === 1;
  if (typeof value !== 'string' || value === 'granted' || value === 'denied') return value;
  const word = value.trim().toLowerCase().replaceAll(/\s+/g, '-');
  if (yes.has(word)) return true;
  return no.has(word) ? false : value;
}
