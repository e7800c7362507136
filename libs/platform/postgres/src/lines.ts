/**
 * Columns of a batch as one text parameter each, a line per row: `unnest(string_to_array($1, E'\n'))` takes them apart again. It costs a
 * fraction of an array parameter, whose every element has to be escaped. Only for texts without a line break: ids, instants, names
 * of ours, and JSON, which escapes its own.
 */
export function lines<T>(rows: readonly T[], column: (row: T) => string): string {
  return rows.map(column).join('\n');
}

/** Ids as the text of one `uuid[]` parameter. Nothing in an id has to be escaped, and looking for it costs more than the rest. */
export function uuids(ids: Iterable<string>): string {
  return `{${[...ids].join()}}`;
}
