import { lineFeed } from '../line.ts';

const quote = 0x22;
const carriageReturn = 0x0d;

/** Where a record ends: at its line feed; not in what is there, which ends between quotes or not; or nowhere, as its quotes make no sense. */
type RecordEnd = number | 'quoted' | 'open' | 'senseless';

/**
 * Looks for the end of the record (RFC 4180) that begins at `from`. A quote means something only where a cell begins; line feeds between quotes
 * are text. By hand, because csv-parse takes all that follows a quote too many for one record, and a file must not be lost for one line.
 */
export function endOfRecord(bytes: Buffer, from: number, separator: string): RecordEnd {
  const between = separator.charCodeAt(0);
  const isEnd = (at: number) => bytes[at] === between || bytes[at] === lineFeed;
  let at = from;
  for (;;) {
    if (bytes[at] === quote) {
      at = afterQuotes(bytes, at + 1);
      if (at === -1) return 'quoted';
      if (bytes[at] === carriageReturn) at += 1;
      if (at < bytes.length && !isEnd(at)) return 'senseless';
    } else while (at < bytes.length && !isEnd(at)) at += 1;
    if (at >= bytes.length) return 'open';
    if (bytes[at] === lineFeed) return at;
    at += 1;
  }
}

/** The place behind the quote that closes, -1 where none does. Two quotes are one that is text. */
function afterQuotes(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(quote, from); at !== -1; at = bytes.indexOf(quote, at + 2)) {
    if (bytes[at + 1] !== quote) return at + 1;
  }
  return -1;
}

/** The cells of a record; undefined where its quotes make no sense. */
export function cellsOf(record: string, separator: string): string[] | undefined {
  const between = separator === '|' ? '\\|' : separator;
  const cell = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|([^${between}"][^${between}]*|))(${between}|$)`, 'y');
  const cells: string[] = [];
  for (;;) {
    const found = cell.exec(record);
    if (!found) return undefined;
    const [, quoted, bare = '', end] = found;
    cells.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === '') return cells;
  }
}
