/** Parts of names that say by themselves that somebody does not want to be written to any more, in the languages of Europe. */
const optOut = new RegExp(
  [
    'unsubscri|(?:^|_)unsub(?:$|_|bed)|opt(?:ed|s)?_?(?:in_)?out(?:$|_)|do_?not_?(?:contact|call|e?mail)|(?:^|_)sms_stop|^stop$|spam_report|spam_complaint|(?:as|marked)_spam',
    'disiscri|désabonn|desabonn|désinscri|desinscri|desuscri|cancelar_suscrip|darse_de_baja|dezabon|uitgeschrev|uitschrij',
    'avregistrer|avprenumer|avmeld|leiratkoz|odhláš|odhlas|wypis|отпис|απεγγραφ|werbewiderspruch',
  ].join('|'),
  'u',
);

/** What a consent is called, or what is consented to. */
const matter = new RegExp(
  [
    'consent|permission|marketing|newsletter|mailing|gdpr|privacy|(?:mail|sms)_subscription|preference',
    'nieuwsbrief|einwilligung|werbung|werbe|consens|iscrizione|consentiment|suscripci|toestemming|samtyck|samtykke|zgod|souhlas|súhlas|hozzájárul|consim|privola|соглас|zustimmung',
  ].join('|'),
  'u',
);
/** That it is taken back, or not given. */
const refusal = new RegExp(
  [
    'withdr|revok|revoc|denied|deny|declin|reject|refus|remov|disabl|stop|cancel|object|spam|entzog|entzieh|zurückgezogen|zurückzieh|widerruf|widerspr',
    'abmeld|abgemeldet|abbestell|negat|annull|disdett|retir|retrait|ingetrokken|afmeld|afgemeld|baja|återkall|trukket|rezygn|wycof|odvol|visszavon|odjav|retras|rifiut',
  ].join('|'),
  'u',
);
/** In a word that is nothing else. */
const alone = /^(?:afmelden|afgemeld|afmeldt|uitschrijven|odjava|baja)$/u;

/** What did not happen, or was only looked at: by the word of what was done. */
const undoes =
  /^(?:viewed|shown|opened|displayed|seen|failed|prevented|undone|reverted|rejected|cancell?ed|outstanding|pending|expired)$/;
/** Opt-outs from something else: a bag, a substitute, an alert, a contract. */
const otherMatter =
  /resubscri|(?:^|_)(?:bag|substitut\w*|stock|wait_?list|price|alert|order|bestellung|ordine|survey|cookie|parental|insurance)(?:$|_)/;

/**
 * Whether a name that the vocabulary does not have tells that somebody took back a consent. It is a guess, and a cautious one: an opt-out that is not
 * seen leads to an offer against a no.
 */
export function isOptOut(name: string): boolean {
  const words = name.replaceAll('.', '_');
  const done = words.split('_').at(-1)!;
  if (alone.test(words)) return true;
  const isOut = optOut.test(words);
  if (!isOut && !(matter.test(words) && refusal.test(words))) return false;
  // What was rejected or cancelled may be the consent, or the opt-out from it.
  const isUndone = undoes.test(done) && (isOut || !/^(?:rejected|cancell?ed)$/.test(done) || /withdr/.test(words));
  return !isUndone && !otherMatter.test(words);
}
