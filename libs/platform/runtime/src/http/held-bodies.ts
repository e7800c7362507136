import { Problem } from './problem.ts';

const retryAfterSeconds = 2;

/**
 * Counts what the bodies of all requests take up that are not answered yet: when work is slower than what comes in, it must not pile up in memory.
 * Where there is no room left, those that are slow to come give way: whoever keeps many of them open keeps nobody else out.
 */
export class HeldBodies {
  private bytes = 0;
  /** Those of which something is there, and something is not. */
  private readonly coming = new Set<HeldBody>();

  /**
   * @param most how many bytes there is room for, as they came and unzipped
   * @param slowAfterMs how long a body may be coming until it has to give way
   */
  constructor(
    private readonly most = 32 * 1024 * 1024,
    private readonly slowAfterMs = 2_000,
  ) {}

  /** @param length of the body, in bytes, as far as it is known */
  open(length = Infinity): HeldBody {
    return new HeldBody(this, length);
  }

  /** Throws 429 where there is no room, nor can be made. */
  take(bytes: number, body: HeldBody): void {
    const excess = this.bytes + bytes - this.most;
    if (excess > 0 && (this.isSlow(body) || !this.makeRoom(excess)))
      throw new Problem(429, 'busy', 'More is coming in than can be kept. Send it again shortly.', retryAfterSeconds);
    this.bytes += bytes;
  }

  giveBack(bytes: number): void {
    this.bytes -= bytes;
  }

  expect(body: HeldBody): void {
    this.coming.add(body);
  }

  expectNoMore(body: HeldBody): void {
    this.coming.delete(body);
  }

  private isSlow(body: HeldBody): boolean {
    return body.isComing && performance.now() - body.since > this.slowAfterMs;
  }

  /** Nobody has to go where it would not be enough. */
  private makeRoom(bytes: number): boolean {
    const going: HeldBody[] = [];
    let room = 0;
    for (const body of this.coming) {
      if (room >= bytes) break;
      if (!this.isSlow(body)) continue;
      going.push(body);
      room += body.bytes;
    }
    if (room < bytes) return false;
    for (const body of going) body.giveWay();
    return true;
  }
}

/** What one request holds of its body: while it is coming, while it is worked on, and no longer. */
export class HeldBody {
  readonly since = performance.now();
  bytes = 0;
  private state: 'coming' | 'arrived' | 'released' = 'coming';

  constructor(
    private readonly all: HeldBodies,
    private readonly length: number,
  ) {}

  /** What is done when it has to give way to others: what came of it is to be forgotten. */
  onGivingWay: (reason: Problem) => void = () => undefined;

  get isComing(): boolean {
    return this.state === 'coming';
  }

  /** Throws 429 when all requests together hold too much, and 408 when this one is over. */
  hold(bytes: number): void {
    if (this.state === 'released') throw new Problem(408, 'body-incomplete', 'The body broke off.');
    this.all.take(bytes, this);
    this.bytes += bytes;
    // Most are there at once.
    if (this.isComing && this.bytes < this.length) this.all.expect(this);
  }

  /** All of it has come: it need not give way any more. */
  arrive(): void {
    this.all.expectNoMore(this);
    if (this.isComing) this.state = 'arrived';
  }

  /** The request is answered, or over. */
  release(): void {
    this.all.expectNoMore(this);
    this.all.giveBack(this.bytes);
    this.bytes = 0;
    this.state = 'released';
  }

  giveWay(): void {
    this.release();
    this.onGivingWay(
      new Problem(
        429,
        'busy',
        'Others came faster, and there was no room for all. Send it again shortly.',
        retryAfterSeconds,
      ),
    );
  }
}
