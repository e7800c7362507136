import type { Verdict } from '../judge/judge.ts';

/** The most verdicts per kind and source. */
export const mostShown = 50;

/** The verdict on one event, without the event: fifty large events would need too much memory. */
export interface RecentVerdict {
  /** A sequence number per source. */
  readonly number: number;
  readonly receivedAt: Date;
  readonly verdict: Verdict;
  readonly isRepeated: boolean;
  /** The name of the activity of a rejected event. */
  readonly said: string | null;
}

/** The last verdicts on the events of one source, separated by kind, so that many accepted events do not displace a rejected one. */
export class RecentVerdicts {
  private readonly rejected: RecentVerdict[] = [];
  private readonly incomplete: RecentVerdict[] = [];
  private readonly others: RecentVerdict[] = [];
  private next = 1;

  add(verdict: Omit<RecentVerdict, 'number'>): void {
    const verdicts = this.ofKind(verdict);
    if (verdicts.length === mostShown) verdicts.shift();
    verdicts.push({ number: this.next++, ...verdict });
  }

  /** The retained verdicts with numbers above `number`, oldest first. */
  after(number: number): RecentVerdict[] {
    return [...this.rejected, ...this.incomplete, ...this.others]
      .filter((one) => one.number > number)
      .sort((one, other) => one.number - other.number);
  }

  private ofKind({ verdict }: Omit<RecentVerdict, 'number'>): RecentVerdict[] {
    if (verdict.kind === 'rejected') return this.rejected;
    return verdict.violations.length > 0 ? this.incomplete : this.others;
  }
}
