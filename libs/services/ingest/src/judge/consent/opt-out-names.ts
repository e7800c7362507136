/** Parts of names that are an opt-out by themselves, in the languages of Europe. */
const optOut = new RegExp(
  [
    'unsubscri|(?:^|_)unsub(?:$|_|bed)|opt(?:ed|s)?_?(?:in_)?out(?:$|_)|do_?not_?(?:contact|call|e?mail)|(?:^|_)sms_stop|^stop$|spam_report|spam_complaint|(?:as|marked)_spam',
    'disiscri|désabonn|desabonn|désinscri|desinscri|desuscri|cancelar_suscrip|darse_de_baja|dezabon|uitgeschrev|uitschrij',
    'avregistrer|avprenumer|avmeld|leiratkoz|odhláš|odhlas|wypis|отпис|απεγγραφ|werbewiderspruch',
  ].join('|'),
  'u',
);

/** Names of a consent, or of its subject. */
const matter = new RegExp(
  [
    'consent|permission|marketing|newsletter|mailing|gdpr|privacy|(?:mail|sms)_subscription|preference',
    'nieuwsbrief|einwilligung|werbung|werbe|consens|iscrizione|consentiment|suscripci|toestemming|samtyck|samtykke|zgod|souhlas|súhlas|hozzájárul|consim|privola|соглас|zustimmung',
  ].join('|'),
  'u',
);
/** Words for a consent that is withdrawn or not given. */
const refusal = new RegExp(
  [
    'withdr|revok|revoc|denied|deny|declin|reject|refus|remov|disabl|stop|cancel|object|spam|entzog|entzieh|zurückgezogen|zurückzieh|widerruf|widerspr',
    'abmeld|abgemeldet|abbestell|negat|annull|disdett|retir|retrait|ingetrokken|afmeld|afgemeld|baja|återkall|trukket|rezygn|wycof|odvol|visszavon|odjav|retras|rifiut',
  ].join('|'),
  'u',
);
/** Single words that mean an opt-out and nothing else. */
const alone = /^(?:afmelden|afgemeld|afmeldt|uitschrijven|odjava|baja)$/u;

/** Actions after which the opt-out did not happen, or was only viewed: the last word of the name. */
const undoes =
  /^(?:viewed|shown|opened|displayed|seen|failed|prevented|undone|reverted|rejected|cancell?ed|outstanding|pending|expired)$/;
/** Opt-outs from something other than messages: a bag, a substitute, an alert, a contract. */
const otherMatter =
  /resubscri|(?:^|_)(?:bag|substitut\w*|stock|wait_?list|price|alert|order|bestellung|ordine|survey|cookie|parental|insurance)(?:$|_)/;

/**
 * Whether a name that is not in the vocabulary means a withdrawn consent. It is a cautious guess: an opt-out that is not recognised leads to an
 * offer against a refusal.
 */
export function isOptOut(name: string): boolean {
  const words = name.replaceAll('.', '_');
  const done = words.split('_').at(-1)!;
  if (alone.test(words)) return true;
  const isOut = optOut.test(words);
  if (!isOut && !(matter.test(words) && refusal.test(words))) return false;
  // The object of "rejected" or "cancelled" may be the consent, or the opt-out from it.
  const isUndone = undoes.test(done) && (isOut || !/^(?:rejected|cancell?ed)$/.test(done) || /withdr/.test(words));
  return !isUndone && !otherMatter.test(words);
}
