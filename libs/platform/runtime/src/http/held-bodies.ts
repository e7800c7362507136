import { Problem } from './problem.ts';

const retryAfterSeconds = 2;

/**
 * Counts what the bodies of all requests take up that are not answered yet: when work is slower than what comes in, it must not pile up in memory.
 * Where there is no room left, those that are slow to come give way: whoever keeps many of them open keeps nobody else out.
 */
export class HeldBodies {
  private bytes = 0;
  /** The oldest come first. */
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
  hold(bytes: number, body: HeldBody): void {
    if (!this.hasRoomFor(bytes) && !this.isSlow(body)) this.makeRoomFor(bytes);
    if (!this.hasRoomFor(bytes)) throw busy();
    this.bytes += bytes;
  }

  isComing(body: HeldBody): void {
    this.coming.add(body);
  }

  arrived(body: HeldBody): void {
    this.coming.delete(body);
  }

  release(bytes: number, body: HeldBody): void {
    this.bytes -= bytes;
    this.coming.delete(body);
  }

  private hasRoomFor(bytes: number): boolean {
    return this.bytes + bytes <= this.most;
  }

  private isSlow(body: HeldBody): boolean {
    return this.coming.has(body) && performance.now() - body.since > this.slowAfterMs;
  }

  private makeRoomFor(bytes: number): void {
    for (const body of this.coming) {
      if (this.hasRoomFor(bytes) || !this.isSlow(body)) return;
      body.release();
      body.giveWay(busy());
    }
  }
}

const busy = () =>
  new Problem(429, 'busy', 'More is coming in than can be kept. Send it again shortly.', retryAfterSeconds);

/** What one request holds of its body. */
export class HeldBody {
  readonly since = performance.now();
  private bytes = 0;

  constructor(
    private readonly all: HeldBodies,
    private readonly length: number,
  ) {}

  /** Told why what came of it has to be forgotten. */
  giveWay: (refusal: Problem) => void = () => undefined;

  /** Throws 429 when all requests together hold too much. */
  hold(bytes: number): void {
    this.all.hold(bytes, this);
    this.bytes += bytes;
    // Most are there at once.
    if (this.bytes < this.length) this.all.isComing(this);
  }

  /** All of it has come: it need not give way any more. */
  arrived(): void {
    this.all.arrived(this);
  }

  /** The request is answered, or refused. */
  release(): void {
    this.all.release(this.bytes, this);
    this.bytes = 0;
  }
}
