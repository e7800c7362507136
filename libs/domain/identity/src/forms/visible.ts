/** Zero-width spaces and joiners, soft hyphens, byte-order marks, marks of direction: they come with a text that was copied, and nobody sees them. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;
const ascii = /^[\x20-\x7e]*$/;

/** The text without what cannot be seen in it and without white space around it, composed (NFC): `e` with an accent is `é`. */
export function visible(text: string): string {
  return ascii.test(text) ? text.trim() : text.replaceAll(invisible, '').trim().normalize('NFC');
}

/** The visible text in the plain form of every character (NFKC): full-width letters and digits come from keyboards for Japanese. */
export function plain(text: string): string {
  return ascii.test(text) ? text.trim() : visible(text.normalize('NFKC'));
}
