/** A data source, or a connection with a transaction. The one resolves to rows, the other to a result with them. */
export interface Deleting {
  query(text: string, values: unknown[]): Promise<unknown>;
}

/** The `count` of the only row. */
export function countIn(result: unknown): number {
  const rows = (Array.isArray(result) ? result : (result as { rows: unknown }).rows) as { count: number }[];
  return rows[0]!.count;
}
