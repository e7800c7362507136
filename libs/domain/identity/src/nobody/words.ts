/**
 * The words for nobody that people and programs write, by language. Compared folded: without case, accents, spaces and punctuation, so that
 * `not set` also matches `(not set)` and `NOT_SET`. Words that are also common names (the Swedish `tom` for empty, the Serbian `niko`) are not
 * in the list.
 */
const words = {
  programs: `null nil none nan na undefined void empty blank missing dbnull system.dbnull nonetype optional.empty infinity inf true false no
    function object.object object.null object.undefined object.promise object.array default dummy placeholder error invalid tbd tba lat optout
    distinct_id not_authenticated unauthenticated unidentified unset anonymized anonymised gdpr_deleted optional(nil) no_value null_null
    wahr falsch falso vrai faux verdadero verdadeiro none_given cookie_denied consent_not_given cookieless your_user_id no_userid no_user_id`,
  English: `nobody, no one, nothing, unknown, unassigned, unspecified, undisclosed, unregistered, unnamed, anonymous, anon, guest, guest checkout, guest order, visitor,
    customer, user, one-time customer, POS customer, retail customer, web customer, online customer, deleted user, no loyalty, none given, walk-in, cash, cash sale, not set, not provided, not available, not applicable, not known, not given, not found,
    not specified, not logged in, logged out, deleted, removed, redacted, opted out`,
  German: `niemand, keiner, keine, kein, keins, nichts, ohne, leer, unbekannt, unbekannter, anonym, anonymus, Gast, Gastkunde, Gastbestellung,
    Laufkunde, Laufkundschaft, Barkunde, Barverkauf, Kunde, Besucher, Diverse, Sammelkunde, keine Angabe, nicht angegeben, nicht vorhanden,
    nicht verfügbar, nicht gesetzt, nicht bekannt, nicht eingeloggt, nicht angemeldet, nicht registriert, entfällt, fehlt, gelöscht, Platzhalter, CPD,
    Barzahler, Standardkunde, Einmalkunde, Kassenkunde, Kasse, Divers, Diverse Kunden, Kunde divers, Endkunde, Webkunde, Benutzer, Gastkonto`,
  Italian: `nessuno, nessuna, nessun, niente, nulla, nullo, vuoto, assente, mancante, sconosciuto, sconosciuta, ignoto, ignota, anonimo,
    anonima, ospite, cliente, visitatore, cliente generico, cliente occasionale, cliente di passaggio, cliente anonimo, consumatore finale,
    non disponibile, non impostato, non definito, non fornito, non specificato, non applicabile, non presente, non noto, senza nome,
    privato, utente, cliente banco, cliente al banco, vendita al banco, cliente privato, non registrato, non connesso, non identificato`,
  French: `personne, aucun, aucune, rien, vide, néant, inconnu, inconnue, anonyme, invité, invitée, visiteur, client, client inconnu,
    client comptoir, client de passage, client divers, non disponible, non défini, non renseigné, non communiqué, non spécifié, indéfini,
    manquant, sans nom, supprimé, sans, clients divers, utilisateur, non connecté, non identifié, non enregistré`,
  Spanish: `nadie, ninguno, ninguna, ningún, vacío, desconocido, desconocida, anónimo, anónima, invitado, invitada, visitante,
    cliente contado, cliente mostrador, consumidor final, público general, público en general, sin nombre, sin datos, no disponible,
    no definido, no especificado, no aplica, no consta, no informado, no tiene, indefinido, contado, usuario, no registrado, no identificado`,
  Portuguese: `ninguém, nenhum, nenhuma, vazio, desconhecido, desconhecida, convidado, convidada, não disponível, não definido, não informado,
    não especificado, não aplicável, sem nome, não identificado, não registado, utilizador, usuário`,
  Catalan: `ningú, desconegut, anònim, convidat`,
  Dutch: `geen, niets, leeg, onbekend, onbekende, anoniem, bezoeker, klant, passant, niet beschikbaar, niet ingesteld, niet opgegeven,
    niet van toepassing, niet ingelogd, gebruiker`,
  Swedish: `ingen, inget, okänd, okänt, gäst, besökare, kund, saknas, ej angiven, ej angivet, kontantkund, användare`,
  'Danish and Norwegian': `ukendt, ukjent, gæst, gjest, besøgende, mangler, ikke angivet, ikke oppgitt, ingenting, ikke logget ind, ikke logget inn, bruger, bruker`,
  Icelandic: `enginn, óþekktur, óþekkt, gestur`,
  Finnish: `tuntematon, vieras, nimetön, anonyymi, tyhjä, puuttuu, asiakas, ei kukaan, ei mitään, ei tietoa, ei asetettu, ei saatavilla, käteisasiakas, kirjautumaton, käyttäjä`,
  Estonian: `puudub, ei ole, tundmatu, külaline, anonüümne`,
  'Latvian and Lithuanian': `neviens, nezināms, viesis, anonīms, niekas, nėra, nežinomas, svečias`,
  Polish: `nikt, brak, nieznany, nieznana, anonim, anonimowy, gość, klient, pusty, brak danych, brak karty, żaden, żadna, niezalogowany, użytkownik, nie podano, nie dotyczy, klient detaliczny,
    klient anonimowy`,
  'Czech and Slovak': `nikdo, nikto, žádný, žiadny, neznámý, neznámy, anonymní, anonymný, host, hosť, zákazník, prázdný, nezadáno, neuvedeno, nepřihlášený, neprihlásený, uživatel, používateľ,
    neuvedené, chybí, chýba`,
  Hungarian: `senki, nincs, ismeretlen, névtelen, vendég, vevő, üres, nincs megadva, felhasználó`,
  Romanian: `nimeni, niciunul, necunoscut, necunoscută, oaspete, invitat, nespecificat, fără nume`,
  'South Slavic': `nitko, nihče, nepoznat, nepoznato, neznan, neznano, anonimno, anoniman, gost, kupac, nema, prazno, никой, неизвестен,
    анонимен, гост, няма, непознат`,
  'Russian and Ukrainian': `никто, неизвестно, неизвестный, аноним, гость, нет, пусто, не указано, не задано, покупатель, клиент, пользователь, незарегистрированный, ніхто,
    невідомо, невідомий, анонімний, гість, немає`,
  Greek: `κανένας, κανείς, άγνωστος, άγνωστο, ανώνυμος, επισκέπτης, πελάτης, χρήστης, κενό`,
  Turkish: `hiç kimse, yok, bilinmiyor, bilinmeyen, misafir, ziyaretçi, müşteri, kullanıcı, boş`,
  Albanian: `askush, i panjohur, mysafir`,
};

const ascii = /^[\x20-\x7e]*$/;

/** Only the letters, in lower case and without accents. */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase().replaceAll(/[^a-z]/g, '');
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}]/gu, '');
}

const listed = (text: string, separator: RegExp) => text.split(separator).map(fold);

const folded = new Set(
  Object.entries(words).flatMap(([language, text]) => listed(text, language === 'programs' ? /\s+/ : /,/)),
);

/** "No card", "kein Kunde", "senza tessera". */
const no =
  'no|none|kein|keine|ohne|senza|nessuna?|sans|aucune?|pasde|sin|ninguna?|nenhuma?|sem|geen|zonder|bez|brak|ingen|uden|uten|utan|ei';
const unknown =
  'unknown|anonymous|guest|default|dummy|generic|missing|undefined|null|cash|walkin|unidentified|unregistered|' +
  'unbekannter?|anonymer?|gast|sconosciut[oa]|anonim[oa]|ospite|occasionale|inconnue?|anonyme|invitee?|desconocid[oa]|invitad[oa]|' +
  'desconhecid[oa]|convidad[oa]|onbekende?|anonieme?|anonym|okand|ukendt|ukjent|nieznany|anonimowy|neznamy|ismeretlen|nevtelen';
const somebody =
  'customer|user|visitor|client|member|account|kunde|konto|cliente|kunden|klant|kund|benutzer|nutzer|besucher|utente|utilisateur|visiteur|' +
  'usuario|visitante|utilizador|gebruiker|bezoeker|anvandare|bruger|bruker|kayttaja|uzytkownik|uzivatel|felhasznalo';
const thing =
  'cards?|loyaltycard|kundenkarte|karte|carta|tessera|fidelity|carte|tarjeta|cartao|kaart|karta|kort|phone|telephone|mobile|telefon|telefono|handy|id|name|number';
const noThing = new RegExp(`^(?:${no})(?:${somebody}|${thing})$`);
const nobodyKnown = new RegExp(
  `^(?:(?:${unknown})(?:${somebody})|(?:${somebody}|web)(?:${unknown})|(?:${unknown})web)$`,
);

/** A column heading or a field name instead of its value: `user_id`, `customer.email`, `Kundennummer`. */
const subject = `${somebody}|device|anonymous|distinct|loyalty|contact|person|profile`;
const field = `^(?:${subject})?(?:id|uid|uuid|guid|e?mail|emailaddress|phone|phonenumber|telephone|cardnumber|cardno|card|nummer|nr|telefon|telefono)$`;
const fieldName = new RegExp(field);

/** Whether the folded text is a word for nobody. */
export function isWordForNobody(text: string): boolean {
  return (
    folded.has(text) || noThing.test(text) || nobodyKnown.test(text) || fieldName.test(text) || /^x{1,20}$/.test(text)
  );
}

const noAddress = new RegExp(
  `^(?:(?:${no})(?:e?mail|emailaddress|mailadresse|correo|posta)|noreply|donotreply|nichtantworten|notiene|notengo|naotem|nemam|nieposiadam)$`,
);

/** Whether the folded text means that there is no mailbox: `noemail`, `keine-mail`, `no-reply`. */
export function isNoMailbox(text: string): boolean {
  return noAddress.test(text);
}

const initials = new Set(['na', 'nb', 'nd', 'nn', 'nv', 'nvt', 'ka', 'sd', 'sn', 'bd']);

/** Whether the text abbreviates "not available" or similar, with points or slashes: `n/d`, `k. A.`, `n.v.t.`. Without them it may be a name. */
export function isAbbreviationForNothing(text: string): boolean {
  return /^\p{L}(?:[./\s]+\p{L}){1,2}\.?$/u.test(text) && initials.has(fold(text));
}

const yesAndNo = new Set(
  listed(
    'yes y n ja nein j si sì oui non sim não tak nie áno ne igen nem kyllä ei nej da nu evet hayır да нет vero',
    /\s+/,
  ),
);

/** Whether the text is yes or no: sources confuse the column "has a card" with the card number. */
export function isYesOrNo(text: string): boolean {
  return yesAndNo.has(text);
}
