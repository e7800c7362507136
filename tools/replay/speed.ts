/** Measures the recent speed of something. */
export interface Speed {
  /** Records the total `done` at the time `now` (in milliseconds), and returns the number per second in the window. */
  at(now: number, done: number): number;
}

export function speedOver(windowMs: number): Speed {
  const samples: { now: number; done: number }[] = [];
  return {
    at(now, done) {
      samples.push({ now, done });
      while (samples.length > 2 && samples[0]!.now < now - windowMs) samples.shift();
      const first = samples[0]!;
      return now > first.now ? ((done - first.done) * 1_000) / (now - first.now) : 0;
    },
  };
}
