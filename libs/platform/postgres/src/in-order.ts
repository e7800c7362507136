/**
 * The results of statements that were sent together. Rejects with the error of the first one that failed: in an aborted transaction, the later ones
 * fail only because of it.
 *
 * @param sent in the order in which the statements were sent
 */
export async function inOrder<T extends readonly unknown[]>(
  sent: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const settled = await Promise.allSettled(sent);
  for (const result of settled) if (result.status === 'rejected') throw result.reason;
  return settled.map((result) => (result as PromiseFulfilledResult<unknown>).value) as never;
}
