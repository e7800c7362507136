import type { IdentifierKind } from './identifier.ts';

/**
 * What programs, databases, spreadsheets and tills write where there is nobody, in small letters without spaces, marks and brackets. A word too
 * many rejects an event, which is told and can be mended; a word too few makes one person of strangers, for ever.
 */
const words = new Set(
  // Programs, databases, spreadsheets, analytics.
  (
    'null nil none nan undefined void empty blank nv na n/a notavailable notapplicable notset notprovided notfound objectobject ' +
    'false true missing default anonymous anonymoususer anon unknown unknownuser guest guestuser visitor nobody noone nouser noid noname ' +
    'noemail nomail nophone nocard nologin notloggedin loggedout -1 x xx xxx xxxx xxxxx tbd todo ' +
    // The languages of Europe.
    'gast unbekannt anonym keine keiner kein keinkunde keineangabe niemand ohne laufkunde laufkundschaft barverkauf ' +
    'ospite anonimo sconosciuto nessuno nessuna vuoto ' +
    'invité invite anonyme inconnu inconnue aucun aucune ' +
    'invitado anónimo desconocido ninguno ninguna nadie vacío ' +
    'convidado desconhecido nenhum nenhuma ninguém onbekend anoniem geen niemand leeg ' +
    'ukendt ukjent okänd gäst gæst gjest ingen anonyym tundmatu tuntematon vieras eimitään ' +
    'nieznany brak gość nikt neznámý žádný nikto neznámy ismeretlen vendég senki nincs necunoscut oaspete nimeni ' +
    'nepoznat gost nitko neznan неизвестно гость никто нет άγνωστος κανένας bilinmiyor misafir yok'
  ).split(' '),
);

/** Left unfilled by whoever wrote them into a page or a mail. */
const template = /^(\{\{.*\}\}|\$\{.*\}|%%.*%%|%[\w.]+%|<%.*%>|\[\[.*\]\]|\{[\w.]+\}|\*\|.*\|\*|<[\w .]+>)$/;
/** How databases and spreadsheets spell nothing, or an error. */
const nothing = /^(\\+N|#[A-Z/0?]+[!?]?)$/i;
/** Zeros and strokes, however many, and what stands for a key that is not there. */
const zeros = /^[0.\-_/\\*#?]*$/;
/** A card of a till for whoever has none, or the digits as they lie on its keys. */
const sameDigits = /^(\d)\1{5,}$/;
const keysInOrder = '01234567890';
const fewestDigits = 5;
const mostDigits = 15;

/** With what a template begins. */
const opening = new Set('{$%<[*');
/** No longer one is among the words, nor any with a digit in it but -1: most ids are told from them by that. */
const longestWord = 24;

/** Whether an identifier in its normal form identifies nobody: it stands there because something has to. */
export function isNobody(kind: IdentifierKind, normal: string): boolean {
  if (opening.has(normal[0]!) && template.test(normal)) return true;
  if (zeros.test(normal) || nothing.test(normal)) return true;
  if (kind === 'phone') return !isPhone(normal.replace('+', ''));
  if (kind === 'email') return !isMailbox(normal);
  if (kind === 'loyalty_card' && (sameDigits.test(normal) || isInOrder(normal))) return true;
  if (normal.length > longestWord || /\d/.test(normal)) return normal === '-1';
  return words.has(folded(normal));
}

function isPhone(digits: string): boolean {
  if (!/^\d+$/.test(digits) || digits.length < fewestDigits || digits.length > mostDigits) return false;
  return !/^(\d)\1*$/.test(digits) && !isInOrder(digits);
}

function isInOrder(digits: string): boolean {
  return digits.length > fewestDigits && keysInOrder.includes(digits);
}

function isMailbox(normal: string): boolean {
  const [, local = '', domain = ''] = /^([^\s@]+)@([^\s@]+)$/.exec(normal) ?? [];
  if (local === '') return false;
  const name = folded(local);
  const isFiller = words.has(name) || /^(no|kein|keine|senza|sans|sin|geen)e?mail$/.test(name) || name === 'noreply';
  return !isFiller && !(name === 'test' && domain.startsWith('test.'));
}

/** In small letters without spaces, marks and what stands around. */
function folded(normal: string): string {
  const bare = normal
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_.'"`´‘’“”()[\]{}<>#$%|;,:!?\\]+/gu, '');
  return words.has(bare) ? bare : bare.replaceAll('-', '');
}
