/** How long something is remembered at least, unless more than `mostRemembered` others came since. */
export const rememberMs = 5 * 60_000;
export const mostRemembered = 50_000;

/** What was seen lately, in two generations: when the younger is full or old, the elder is forgotten. */
export class Generations<T> {
  private younger = new Map<string, T>();
  private elder = new Map<string, T>();
  private since = 0;

  constructor(private readonly forMs = rememberMs) {}

  get(key: string): T | undefined {
    return this.younger.get(key) ?? this.elder.get(key);
  }

  set(key: string, value: T, now: number): void {
    if (this.younger.size >= mostRemembered || now - this.since >= this.forMs) {
      this.elder = this.younger;
      this.younger = new Map();
      this.since = now;
    }
    this.younger.set(key, value);
  }
}
