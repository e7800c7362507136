/** Words for true and for false in European forms, consent platforms and shops, in lower case. */
const yes = new Set(
  'true yes y 1 on granted grant accepted accept allowed opt-in opt_in optin opted-in opted_in subscribed ja j si sì sí oui sim tak da ano áno igen evet t wahr vero vrai verdadero да'.split(
    ' ',
  ),
);
const no = new Set(
  (
    'false no n 0 off denied deny refused rejected declined withdrawn revoked opt-out opt_out optout opted-out opted_out unsubscribed unsubscribe ' +
    'disabled abgelehnt widerrufen negato rifiutato revocato nein non não nie niet nee nej ne nem ei hayır нет όχι f falsch falso faux'
  ).split(' '),
);

const ascii = /^[\x20-\x7e]*$/;
const invisible = /\p{Default_Ignorable_Code_Point}/gu;

/** The boolean that a value unambiguously means; any other value unchanged. */
export function booleanIn(value: unknown): unknown {
  if (value === 1 || value === 0) return value === 1;
  if (typeof value !== 'string' || value === 'granted' || value === 'denied') return value;
  const word = (ascii.test(value) ? value : value.normalize('NFC').replaceAll(invisible, ''))
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, '-');
  if (yes.has(word)) return true;
  return no.has(word) ? false : value;
}
