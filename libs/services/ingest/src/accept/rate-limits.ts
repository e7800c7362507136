import { Injectable } from '@nestjs/common';
import { Problem } from '@sestante/runtime';
import type { Sender } from '../types/source.ts';

/** After a second without events, a source may send the events of one second at once. */
const burstMs = 1_000;
const rounding = 1e-6;

interface Use {
  readonly eventsPerSecond: number;
  /** The instant up to which the source has used its quota, in milliseconds. Each event uses its share of a second. */
  readonly until: number;
}

/** The rate limits of the sources in this process. A request is accepted as a whole if the quota allows at least one event. */
@Injectable()
export class RateLimits {
  private readonly uses = new Map<string, Use>();

  /** Uses the quota for `events` events. Throws 429, with the seconds until the next event is allowed. */
  take({ id, name, eventsPerSecond }: Sender, events: number, now = performance.now()): void {
    if (eventsPerSecond === null) return;
    const eventMs = 1_000 / eventsPerSecond;
    const last = this.uses.get(id);
    // A changed limit resets the quota, so that a raised limit applies at once.
    const until = last?.eventsPerSecond === eventsPerSecond ? last.until : -Infinity;
    const used = Math.max(until, now - burstMs);
    const waitMs = used + eventMs - now;
    if (waitMs > rounding)
      throw new Problem(
        429,
        'rate-limited',
        `The source ${name} exceeds its limit of ${eventsPerSecond} events per second. Retry later.`,
        Math.ceil(waitMs / 1_000),
      );
    this.uses.set(id, { eventsPerSecond, until: used + events * eventMs });
  }
}
