/** The data of the events of a batch, without duplicates: of several events with the same id, that of the first. */
export function distinctData<D>(batch: readonly { readonly data: D }[], idOf: (data: D) => string): D[] {
  const first = new Map<string, D>();
  for (const { data } of batch) if (!first.has(idOf(data))) first.set(idOf(data), data);
  return [...first.values()];
}
