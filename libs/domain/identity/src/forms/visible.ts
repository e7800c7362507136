/** Invisible characters of copied texts: zero-width spaces and joiners, soft hyphens, byte-order marks, direction marks. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;
const ascii = /^[\x20-\x7e]*$/;

/** Removes invisible characters and surrounding white space, and composes accents (NFC). */
export function visible(text: string): string {
  return ascii.test(text) ? text.trim() : text.replaceAll(invisible, '').trim().normalize('NFC');
}

/** The visible text in compatibility form (NFKC): Japanese keyboards write full-width letters and digits. */
export function plain(text: string): string {
  return ascii.test(text) ? text.trim() : visible(text.normalize('NFKC'));
}
