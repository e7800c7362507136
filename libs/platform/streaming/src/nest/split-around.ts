/** Splits a batch so that each event for which `isAlone` holds stands alone, and the others before, between and after such events together, in their order. */
export function splitAround<E, A extends E>(
  batch: readonly E[],
  isAlone: (event: E) => event is A,
): (A | readonly Exclude<E, A>[])[] {
  if (!batch.some(isAlone)) return [batch as readonly Exclude<E, A>[]];
  const parts: (A | Exclude<E, A>[])[] = [];
  for (const event of batch) {
    const last = parts.at(-1);
    if (isAlone(event)) parts.push(event);
    else if (Array.isArray(last)) last.push(event as Exclude<E, A>);
    else parts.push([event as Exclude<E, A>]);
  }
  return parts;
}
