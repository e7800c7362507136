import { Generations } from '../generations.ts';

/** So much clocks differ, and networks take, that nothing is said of it. */
export const unnoticedMs = 5 * 60_000;
/** A difference that stays the same to this, over so long, is the clock's and no queue's. */
const steadyMs = 5_000;
const apartMs = 60_000;
const rememberMs = 24 * 3_600_000;

/** When an event happened and was sent, by the clock of its device, and when it came, by ours. In milliseconds since 1970. */
export interface Stamps {
  readonly device: string;
  readonly happened: number;
  readonly sent: number;
  readonly received: number;
}

/** What an event told about the clock of its device. */
interface Known {
  readonly happened: number;
  readonly at: number;
  readonly sent: number;
  /** By how much the clock is ahead, as far as it is known; below 0 where it is behind, or the event had waited. */
  readonly aheadMs: number;
  readonly isWrong: boolean;
}

/**
 * What is known of the clocks of devices. A clock is corrected where it can be nothing else: it says to have sent in the future, or it stays behind
 * by the same. What one device says happened later stays later.
 */
export class DeviceClocks {
  private readonly known = new Generations<Known>(rememberMs);

  /** When it happened, by our clock, and not after it was received. */
  place(stamps: Stamps): number {
    const { device, happened, sent, received } = stamps;
    const known = this.known.get(device);
    const told = sent - received;
    const aheadMs = told > unnoticedMs && known?.isWrong ? Math.max(told, known.aheadMs) : told;
    const isWrong = aheadMs > unnoticedMs || isSteady(known, sent, told);
    const corrected = isWrong ? happened - aheadMs : happened;
    // What a clock said when it was wrong says nothing about one that is right by now.
    const isSet = known?.isWrong && Math.abs(told) <= unnoticedMs && Math.abs(known.aheadMs - told) > unnoticedMs;
    const at = Math.min(isSet ? corrected : inOrder(known, happened, corrected), received);
    // Of a clock that is right, and always was, there is nothing to know: that is nearly all of them.
    if (known || isWrong || at !== happened || Math.abs(told) > unnoticedMs)
      this.known.set(device, { happened, at, sent, aheadMs, isWrong }, received);
    return at;
  }
}

/** Whether the clock was behind by the same amount before: two batches of one queue come together, and these do not. */
function isSteady(known: Known | undefined, sent: number, told: number): boolean {
  if (!known || told >= -unnoticedMs || Math.abs(known.aheadMs - told) > steadyMs) return false;
  return known.isWrong || Math.abs(sent - known.sent) >= apartMs;
}

function inOrder(known: Known | undefined, happened: number, at: number): number {
  if (!known || (!known.isWrong && known.at === known.happened)) return at;
  return happened < known.happened ? Math.min(at, known.at) : Math.max(at, known.at);
}
