/**
 * A column of a batch as one text parameter, a line per row, for `unnest(string_to_array($1, E'\n'))`. It costs a fraction of an array
 * parameter, in which every element must be escaped. Only for texts without a line break: ids, instants, internal names, and JSON,
 * which escapes line breaks.
 */
export function lines<T>(rows: readonly T[], column: (row: T) => string): string {
  return rows.map(column).join('\n');
}

/** Ids as the text of one `uuid[]` parameter. Ids need no escaping, and the check for it would cost more than the rest. */
export function uuids(ids: Iterable<string>): string {
  return `{${[...ids].join()}}`;
}
