import { Injectable } from '@nestjs/common';
import { Problem } from '@sestante/runtime';
import type { Sender } from '../types/source.ts';

/** A source that has rested for a second may send a second's events at once. */
const burstMs = 1_000;
const rounding = 1e-6;

interface Use {
  readonly eventsPerSecond: number;
  /** Until when the source has used up its time, each event taking its part of a second; in milliseconds. */
  readonly until: number;
}

/** How fast each source may send to this process. A request is taken whole as long as one event of it has room: a batch is never cut. */
@Injectable()
export class RateLimits {
  private readonly uses = new Map<string, Use>();

  /** Takes so many events. Throws 429, with the seconds until there is room again. */
  take({ id, name, eventsPerSecond }: Sender, events: number, now = performance.now()): void {
    if (eventsPerSecond === null) return;
    const eventMs = 1_000 / eventsPerSecond;
    const last = this.uses.get(id);
    // What was sent under another limit is forgotten: who raises it does not wait.
    const until = last?.eventsPerSecond === eventsPerSecond ? last.until : -Infinity;
    const used = Math.max(until, now - burstMs);
    const waitMs = used + eventMs - now;
    if (waitMs > rounding)
      throw new Problem(
        429,
        'rate-limited',
        `${name} may send ${eventsPerSecond} events a second.`,
        Math.ceil(waitMs / 1_000),
      );
    this.uses.set(id, { eventsPerSecond, until: used + events * eventMs });
  }
}
