/** The first characters of a text, as a copy: the result of `slice` would retain the whole text in memory. */
export function beginningOf(text: string, length: number): string {
  return text.length <= length ? text : Buffer.from(text.slice(0, length), 'utf16le').toString('utf16le');
}
