import { lineFeed } from '../line.ts';

const quote = 0x22;
const carriageReturn = 0x0d;

/** The index of the line feed that ends a record; `quoted` or `open` if the bytes end before it, inside or outside quotes; or `invalid` quotes. */
type RecordEnd = number | 'quoted' | 'open' | 'invalid';

/**
 * Finds the end of the record (RFC 4180) that starts at `from`. A quote is special only at the start of a cell; line feeds between quotes are text.
 * Own code, because csv-parse reads everything after a surplus quote as one record, and one line must not make the rest of a file unreadable.
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
      if (at < bytes.length && !isEnd(at)) return 'invalid';
    } else while (at < bytes.length && !isEnd(at)) at += 1;
    if (at >= bytes.length) return 'open';
    if (bytes[at] === lineFeed) return at;
    at += 1;
  }
}

/** The index after the closing quote, or -1 if there is none. Two quotes are an escaped quote. */
function afterQuotes(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(quote, from); at !== -1; at = bytes.indexOf(quote, at + 2)) {
    if (bytes[at + 1] !== quote) return at + 1;
  }
  return -1;
}

/** The cells of a record; undefined if its quotes are invalid. */
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
