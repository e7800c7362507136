/** The events of a batch without duplicates: of several with the same id in their data, the first. */
export function firstOfEach<E extends { readonly data: unknown }>(
  batch: readonly E[],
  idOf: (data: E['data']) => string,
): E[] {
  const first = new Map<string, E>();
  for (const event of batch) if (!first.has(idOf(event.data))) first.set(idOf(event.data), event);
  return [...first.values()];
}
