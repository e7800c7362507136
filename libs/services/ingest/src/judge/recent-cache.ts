/** The minimum retention of an entry, unless more than `mostRemembered` other entries were added since. */
export const rememberMs = 5 * 60_000;
export const mostRemembered = 50_000;

/** A cache in two generations: when the current one is full or expired, the previous one is discarded. */
export class RecentCache<T> {
  private current = new Map<string, T>();
  private previous = new Map<string, T>();
  private since = 0;

  constructor(private readonly forMs = rememberMs) {}

  get(key: string): T | undefined {
    return this.current.get(key) ?? this.previous.get(key);
  }

  set(key: string, value: T, now: number): void {
    if (this.current.size >= mostRemembered || now - this.since >= this.forMs) {
      this.previous = this.current;
      this.current = new Map();
      this.since = now;
    }
    this.current.set(key, value);
  }
}
