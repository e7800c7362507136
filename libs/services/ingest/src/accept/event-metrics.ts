import { Injectable } from '@nestjs/common';
import { InjectMetrics, type Metrics } from '@sestante/runtime';
import { Counter, Gauge } from 'prom-client';
import type { Sender } from '../types/source.ts';

/** The number of events of a submission by outcome. `accepted` includes `incomplete`. */
export type Tally = Readonly<Record<'accepted' | 'incomplete' | 'repeated' | 'rejected', number>>;

type Counters = Readonly<Record<keyof Tally, Counter.Internal>>;

/** Metrics of the received events, by source and verdict. */
@Injectable()
export class EventMetrics {
  private pending = 0;
  private readonly events: Counter<'source' | 'verdict'>;
  private readonly bySource = new Map<string, Counters>();

  constructor(@InjectMetrics() { registry }: Metrics) {
    const pending = () => this.pending;
    new Gauge({
      name: 'sestante_pending_events',
      help: 'Events that were received and have no response yet.',
      registers: [registry],
      collect() {
        this.set(pending());
      },
    });
    this.events = new Counter({
      name: 'sestante_events_total',
      help: 'Events that were processed, by source and verdict.',
      labelNames: ['source', 'verdict'],
      registers: [registry],
    });
  }

  /** Counts the events as pending until the work ends. */
  async during<T>(events: number, work: () => Promise<T>): Promise<T> {
    this.pending += events;
    try {
      return await work();
    } finally {
      this.pending -= events;
    }
  }

  /** Counts each event under one verdict. */
  count({ name }: Sender, { accepted, incomplete, repeated, rejected }: Tally): void {
    const counters = this.bySource.get(name) ?? this.countersOf(name);
    const complete = accepted - incomplete;
    if (complete > 0) counters.accepted.inc(complete);
    if (incomplete > 0) counters.incomplete.inc(incomplete);
    if (repeated > 0) counters.repeated.inc(repeated);
    if (rejected > 0) counters.rejected.inc(rejected);
  }

  /** Cached, because a lookup by labels costs more than the increment. */
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
