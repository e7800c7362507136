/** With fewer, the code of each step is gone from the processor's caches when the next request needs it; with more, the requests themselves are. */
const mostAbreast = 8;

/**
 * Holds requests until those that came in the same turn of the event loop are there, too, at most so many. They go on together, step by step: all
 * are parsed, then all are judged. One by one they cost a third more.
 */
export function abreast(most = mostAbreast): () => Promise<void> {
  let waiting: (() => void)[] = [];
  const go = () => {
    const gone = waiting;
    waiting = [];
    for (const resolve of gone) resolve();
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(go);
      else if (waiting.length >= most) go();
    });
}
