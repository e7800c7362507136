/** The first characters of a text, as a text of their own: what `slice` gives holds the whole of it in memory. */
export function beginningOf(text: string, length: number): string {
  return text.length <= length ? text : Buffer.from(text.slice(0, length), 'utf16le').toString('utf16le');
}
