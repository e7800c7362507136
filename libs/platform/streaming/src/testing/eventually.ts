import { setTimeout as pause } from 'node:timers/promises';

const patienceMs = 15_000;
const pauseMs = 20;

/** Repeats `look` until it no longer throws; after 15 s its error is thrown. */
export async function eventually<T>(look: () => Promise<T> | T): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(pauseMs);
    }
  }
}
