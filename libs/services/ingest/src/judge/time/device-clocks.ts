import { RecentCache } from '../recent-cache.ts';

/** Differences of clocks and network delays up to this are ignored. */
export const toleranceMs = 5 * 60_000;
/** A difference that is constant within `steadyToleranceMs` for at least `steadyForMs` is caused by the clock, not by a queue. */
const steadyToleranceMs = 5_000;
const steadyForMs = 60_000;
const rememberMs = 24 * 3_600_000;

/** When an event happened and was sent, by the clock of its device, and when it was received, by the clock of the server. In milliseconds since 1970. */
export interface Stamps {
  readonly device: string;
  readonly happened: number;
  readonly sent: number;
  readonly received: number;
}

/** The state of the clock of a device, after its last event. */
interface DeviceClock {
  readonly happened: number;
  readonly at: number;
  readonly sent: number;
  /** By how much the clock is ahead, as far as it is known; below 0 if it is behind or the event was delayed. */
  readonly aheadMs: number;
  readonly isWrong: boolean;
}

/**
 * The clocks of devices. A clock is corrected only if it is certainly wrong: its `sentAt` is in the future, or it stays behind by a constant amount.
 * The order of the events of a device is preserved.
 */
export class DeviceClocks {
  private readonly clocks = new RecentCache<DeviceClock>(rememberMs);

  /** When the event happened, by the clock of the server, and not after its reception. */
  correct(stamps: Stamps): number {
    const { device, happened, sent, received } = stamps;
    const clock = this.clocks.get(device);
    const difference = sent - received;
    const aheadMs = difference > toleranceMs && clock?.isWrong ? Math.max(difference, clock.aheadMs) : difference;
    const isWrong = aheadMs > toleranceMs || isSteady(clock, sent, difference);
    const corrected = isWrong ? happened - aheadMs : happened;
    // If the clock was wrong and is right now, its earlier events do not determine the order.
    const isSet =
      clock?.isWrong && Math.abs(difference) <= toleranceMs && Math.abs(clock.aheadMs - difference) > toleranceMs;
    const at = Math.min(isSet ? corrected : inOrder(clock, happened, corrected), received);
    // A clock that was always right is not stored: that is nearly all of them.
    if (clock || isWrong || at !== happened || Math.abs(difference) > toleranceMs)
      this.clocks.set(device, { happened, at, sent, aheadMs, isWrong }, received);
    return at;
  }
}

/** Whether the clock was behind by the same amount before. Events that were sent at about the same time do not count: they may be of one queue. */
function isSteady(clock: DeviceClock | undefined, sent: number, difference: number): boolean {
  if (!clock || difference >= -toleranceMs || Math.abs(clock.aheadMs - difference) > steadyToleranceMs) return false;
  return clock.isWrong || Math.abs(sent - clock.sent) >= steadyForMs;
}

function inOrder(clock: DeviceClock | undefined, happened: number, at: number): number {
  if (!clock || (!clock.isWrong && clock.at === clock.happened)) return at;
  return happened < clock.happened ? Math.min(at, clock.at) : Math.max(at, clock.at);
}
