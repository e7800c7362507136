/** The latest item of each key, ordered by key: two batches that write the items in this order cannot deadlock. */
export function latestOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  isSupersededBy: (current: T, item: T) => boolean,
): readonly T[] {
  const latest = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    const current = latest.get(key);
    if (current === undefined || isSupersededBy(current, item)) latest.set(key, item);
  }
  return [...latest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
