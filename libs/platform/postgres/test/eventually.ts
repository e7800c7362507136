import { setTimeout as pause } from 'node:timers/promises';

/** Repeats `look` until it no longer throws; after 15 s its error is thrown. */
export async function eventually(look: () => void): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    try {
      return look();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(5);
    }
  }
}
