import type { Verdict } from '../judge/judge.ts';

/** So many verdicts of each source are shown, and no more. */
export const mostShown = 50;

/** What was found about one event. The event itself is not kept: fifty large ones fill the memory. */
export interface RecentVerdict {
  /** Grows by one from verdict to verdict of a source. */
  readonly number: number;
  readonly receivedAt: Date;
  readonly verdict: Verdict;
  readonly isRepeated: boolean;
  /** What a rejected event says that happened, as far as it is shown. */
  readonly said: string | null;
}

/** The last verdicts on the events of one source. */
export class RecentVerdicts {
  private readonly kept: RecentVerdict[] = [];
  private next = 1;

  add(verdict: Omit<RecentVerdict, 'number'>): void {
    const number = this.next++;
    this.kept[number % mostShown] = { number, ...verdict };
  }

  /** Those after a number that are still there, oldest first. */
  after(number: number): RecentVerdict[] {
    return this.kept.filter((one) => one.number > number).sort((one, other) => one.number - other.number);
  }
}
