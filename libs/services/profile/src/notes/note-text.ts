/** In characters (code points), after trimming. */
export const maxTextLength = 2_000;
const controlOrHalfCharacter = /[\p{Cc}\p{Cs}]/u;
const lineBreak = /[\r\n]/g;

/** The text of a note without surrounding white space; undefined if it is empty, too long, or has control characters that are not line breaks. */
export function noteTextOf(given: string): string | undefined {
  const text = given.trim();
  // The second condition is quick for a text of any length: a character has at most two code units.
  if (text === '' || text.length > 2 * maxTextLength || [...text].length > maxTextLength) return undefined;
  return controlOrHalfCharacter.test(text.replaceAll(lineBreak, '')) ? undefined : text;
}
