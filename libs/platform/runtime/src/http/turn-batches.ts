/** With fewer, the code of each step leaves the processor's caches before the next request needs it; with more, the requests push out each other. */
const mostTogether = 8;

/**
 * Gathers the requests that arrive in the same turn of the event loop, at most `most`, and lets them go on together, step by step: all are parsed, then
 * all are judged. One by one they cost half as much again (ADR 8).
 */
export function turnBatches(most = mostTogether): () => Promise<void> {
  let waiting: (() => void)[] = [];
  const release = () => {
    const released = waiting;
    waiting = [];
    for (const resolve of released) resolve();
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(release);
      else if (waiting.length >= most) release();
    });
}
