/** What the events of a batch say; of those that come several times, what the first one says. */
export function eachOnce<D>(batch: readonly { readonly data: D }[], idOf: (data: D) => string): D[] {
  const first = new Map<string, D>();
  for (const { data } of batch) if (!first.has(idOf(data))) first.set(idOf(data), data);
  return [...first.values()];
}
