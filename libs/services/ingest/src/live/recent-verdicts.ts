import type { Verdict } from '../judge/judge.ts';

/** So many verdicts of a kind are kept of each source, and no more. */
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

/** The last verdicts on the events of one source, each kind by itself, so that a flood of good events does not hide a bad one. */
export class RecentVerdicts {
  private readonly rejected: RecentVerdict[] = [];
  private readonly incomplete: RecentVerdict[] = [];
  private readonly others: RecentVerdict[] = [];
  private next = 1;

  add(verdict: Omit<RecentVerdict, 'number'>): void {
    const kept = this.alike(verdict);
    if (kept.length === mostShown) kept.shift();
    kept.push({ number: this.next++, ...verdict });
  }

  /** Those after a number that are still there, oldest first. */
  after(number: number): RecentVerdict[] {
    return [...this.rejected, ...this.incomplete, ...this.others]
      .filter((one) => one.number > number)
      .sort((one, other) => one.number - other.number);
  }

  private alike({ verdict }: Omit<RecentVerdict, 'number'>): RecentVerdict[] {
    if (verdict.kind === 'rejected') return this.rejected;
    return verdict.violations.length > 0 ? this.incomplete : this.others;
  }
}
