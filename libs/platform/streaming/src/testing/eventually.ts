import { setTimeout as pause } from 'node:timers/promises';

const timeoutMs = 15_000;
const pauseMs = 20;

/** Repeats `check` until it no longer throws; after 15 s its error is thrown. */
export async function eventually<T>(check: () => Promise<T> | T): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(pauseMs);
    }
  }
}
