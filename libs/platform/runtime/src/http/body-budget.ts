import { Problem } from './problem.ts';

const retryAfterSeconds = 2;

/** Limits the bytes of all bodies whose requests are in progress, so that memory stays bounded when requests arrive faster than they are handled. */
export class BodyBudget {
  private bytes = 0;

  /** @param maxBytes the limit, for bytes as received and decompressed */
  constructor(private readonly maxBytes = 32 * 1024 * 1024) {}

  openReservation(): BodyReservation {
    return new BodyReservation(this);
  }

  /** Throws 429 if the budget is exhausted. */
  reserve(bytes: number): void {
    if (this.bytes + bytes > this.maxBytes)
      throw new Problem(429, 'busy', 'Too many requests are in progress. Retry later.', retryAfterSeconds);
    this.bytes += bytes;
  }

  release(bytes: number): void {
    this.bytes -= bytes;
  }
}

/** The bytes that one request has reserved, from the first byte of its body to the end of its response. */
export class BodyReservation {
  private bytes = 0;
  private isReleased = false;

  constructor(private readonly budget: BodyBudget) {}

  /** Throws 429 if the budget is exhausted, and 408 if the reservation was released. */
  reserve(bytes: number): void {
    if (this.isReleased)
      throw new Problem(408, 'body-incomplete', 'The connection was closed before the whole body had arrived.');
    this.budget.reserve(bytes);
    this.bytes += bytes;
  }

  /** Called when the response has ended or the connection is closed. */
  release(): void {
    this.budget.release(this.bytes);
    this.bytes = 0;
    this.isReleased = true;
  }
}
