import { Problem } from './problem.ts';

/** The most bytes of bodies that requests hold until they are answered, as they came and unzipped. */
export const mostHeldBytes = 32 * 1024 * 1024;
const retryAfterSeconds = 2;

/** What one request holds. */
export interface HeldBody {
  /** Throws 429 when all requests together hold too much. */
  hold(bytes: number): void;
  /** The request is answered. */
  release(): void;
}

/** Counts what the bodies of all requests take up that are not answered yet: when work is slower than what comes in, it must not pile up in memory. */
export function heldBodies(most = mostHeldBytes): () => HeldBody {
  let held = 0;
  return () => {
    let own = 0;
    return {
      hold(bytes) {
        if (held + bytes > most)
          throw new Problem(
            429,
            'busy',
            'More is coming in than can be kept. Send it again shortly.',
            retryAfterSeconds,
          );
        held += bytes;
        own += bytes;
      },
      release() {
        held -= own;
        own = 0;
      },
    };
  };
}
