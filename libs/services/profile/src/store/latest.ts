/** The latest of the words on each thing, in the order of the things: two batches that write them never wait for each other in a circle. */
export function latestOf<T>(
  words: readonly T[],
  keyOf: (word: T) => string,
  standsAgainst: (known: T, word: T) => boolean,
): readonly T[] {
  const latest = new Map<string, T>();
  for (const word of words) {
    const key = keyOf(word);
    const known = latest.get(key);
    if (known === undefined || standsAgainst(known, word)) latest.set(key, word);
  }
  return [...latest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, word]) => word);
}
