/** How fast something went lately. */
export interface Speed {
  /** Notes that by now (in milliseconds) so many are done, and answers how many a second were in the last seconds. */
  at(now: number, done: number): number;
}

export function speedOver(windowMs: number): Speed {
  const notes: { now: number; done: number }[] = [];
  return {
    at(now, done) {
      notes.push({ now, done });
      while (notes.length > 2 && notes[0]!.now < now - windowMs) notes.shift();
      const first = notes[0]!;
      return now > first.now ? ((done - first.done) * 1_000) / (now - first.now) : 0;
    },
  };
}
