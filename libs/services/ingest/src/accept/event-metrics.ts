import { Injectable } from '@nestjs/common';
import { InjectMetrics, type Metrics } from '@sestante/runtime';
import { Counter, Gauge } from 'prom-client';
import type { Sender } from '../types/source.ts';

/** What became of the events of one submission. Those that are incomplete are among the accepted. */
export type Tally = Readonly<Record<'accepted' | 'incomplete' | 'repeated' | 'rejected', number>>;

type Counters = Readonly<Record<keyof Tally, Counter.Internal>>;

/** How many events came, of each source, and what became of them. */
@Injectable()
export class EventMetrics {
  private pending = 0;
  private readonly events: Counter<'source' | 'verdict'>;
  private readonly bySource = new Map<string, Counters>();

  constructor(@InjectMetrics() { registry }: Metrics) {
    const pending = () => this.pending;
    new Gauge({
      name: 'sestante_pending_events',
      help: 'Events that have come in and are not answered yet.',
      registers: [registry],
      collect() {
        this.set(pending());
      },
    });
    this.events = new Counter({
      name: 'sestante_events_total',
      help: 'Events that were answered, by source and verdict.',
      labelNames: ['source', 'verdict'],
      registers: [registry],
    });
  }

  /** Counts them as pending while the work lasts. */
  async during<T>(events: number, work: () => Promise<T>): Promise<T> {
    this.pending += events;
    try {
      return await work();
    } finally {
      this.pending -= events;
    }
  }

  /** Each event under one verdict. */
  count({ name }: Sender, { accepted, incomplete, repeated, rejected }: Tally): void {
    const counters = this.bySource.get(name) ?? this.countersOf(name);
    const complete = accepted - incomplete;
    if (complete > 0) counters.accepted.inc(complete);
    if (incomplete > 0) counters.incomplete.inc(incomplete);
    if (repeated > 0) counters.repeated.inc(repeated);
    if (rejected > 0) counters.rejected.inc(rejected);
  }

  /** Kept, because to find a counter by its labels costs more than to count. */
  private countersOf(source: string): Counters {
    const of = (verdict: keyof Tally) => this.events.labels({ source, verdict });
    const counters = {
      accepted: of('accepted'),
      incomplete: of('incomplete'),
      repeated: of('repeated'),
      rejected: of('rejected'),
    };
    this.bySource.set(source, counters);
    return counters;
  }
}
