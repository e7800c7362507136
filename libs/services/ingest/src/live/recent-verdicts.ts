import type { ShownVerdict } from './shown-verdict.ts';

/** So many verdicts of each source are shown, and no more. */
export const mostShown = 50;

/** What is shown of one event. The event itself is not kept: fifty large ones fill the memory. */
export interface RecentVerdict {
  /** Grows by one from verdict to verdict of a source. */
  readonly number: number;
  readonly shown: ShownVerdict;
}

/** The last verdicts on the events of one source. */
export class RecentVerdicts {
  private readonly kept: RecentVerdict[] = [];
  private next = 1;

  add(shown: ShownVerdict): void {
    const number = this.next++;
    this.kept[number % mostShown] = { number, shown };
  }

  /** Those after a number that are still there, oldest first. */
  after(number: number): RecentVerdict[] {
    return this.kept.filter((one) => one.number > number).sort((one, other) => one.number - other.number);
  }
}
