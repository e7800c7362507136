import { Problem } from './problem.ts';

const retryAfterSeconds = 2;

/** Counts the bytes of all bodies whose requests are not answered yet. Where work is slower than what comes in, it must not pile up in memory. */
export class HeldBodies {
  private bytes = 0;

  /** @param most how many bytes there is room for, as they came and unzipped */
  constructor(private readonly most = 32 * 1024 * 1024) {}

  open(): HeldBody {
    return new HeldBody(this);
  }

  /** Throws 429 where there is no room. */
  take(bytes: number): void {
    if (this.bytes + bytes > this.most)
      throw new Problem(429, 'busy', 'More is coming in than can be kept. Send it again shortly.', retryAfterSeconds);
    this.bytes += bytes;
  }

  giveBack(bytes: number): void {
    this.bytes -= bytes;
  }
}

/** What one request holds of its body: while it is coming and while it is worked on. */
export class HeldBody {
  private bytes = 0;
  private isReleased = false;

  constructor(private readonly all: HeldBodies) {}

  /** Throws 429 when all requests together hold too much, and 408 when this one is over. */
  hold(bytes: number): void {
    if (this.isReleased) throw new Problem(408, 'body-incomplete', 'The body broke off.');
    this.all.take(bytes);
    this.bytes += bytes;
  }

  /** The request is answered, or over. */
  release(): void {
    this.all.giveBack(this.bytes);
    this.bytes = 0;
    this.isReleased = true;
  }
}
