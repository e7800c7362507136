/** How long an activity is remembered at least, unless more than `mostRemembered` others came since. */
export const rememberMs = 5 * 60_000;
export const mostRemembered = 50_000;

/**
 * The activities that were published lately, so that a sender's repeat costs nothing downstream. In two generations: when the younger is full
 * or old, the elder is forgotten. What is forgotten takes effect once all the same: the timeline knows it.
 */
export class Repeats {
  private younger = new Set<string>();
  private elder = new Set<string>();
  private since = 0;

  has(activityId: string): boolean {
    return this.younger.has(activityId) || this.elder.has(activityId);
  }

  add(activityId: string, now: number): void {
    if (this.younger.size >= mostRemembered || now - this.since >= rememberMs) {
      this.elder = this.younger;
      this.younger = new Set();
      this.since = now;
    }
    this.younger.add(activityId);
  }
}
