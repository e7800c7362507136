/** As a spreadsheet writes a large number: the digits that it leaves out are those that tell one from another. */
const scientific = /^[+-]?(?:\d+(?:[.,]\d+)?e\+\d+|\d+[.,]\d+e\d+)$/i;
/** NUL, and halves of surrogate pairs, which no database stores. */
const unstorable = /\u0000|\p{Cs}/u;

/**
 * Why an id cannot be told from others, as it came: two people would be one, for ever. Undefined where it can.
 */
export function whyUnclear(id: unknown): string | undefined {
  if (typeof id === 'number')
    return Math.abs(id) <= Number.MAX_SAFE_INTEGER
      ? undefined
      : 'is a number beyond 2^53, of which JSON has lost digits: send it as a text';
  if (typeof id !== 'string') return undefined;
  if (unstorable.test(id)) return 'has a NUL or half a surrogate pair in it: send it as a text that can be stored';
  if (id.includes('\ufffd')) return 'has the sign in it that stands for what was no character: send it in UTF-8';
  if (scientific.test(id.trim()))
    return 'is in scientific notation, as a spreadsheet writes it, and has lost digits: export it as a text';
  return undefined;
}
