import { Injectable } from '@nestjs/common';
import { InjectMetrics, type Metrics } from '@sestante/runtime';
import { Counter, Gauge } from 'prom-client';
import type { Sender } from '../sources/source.ts';

/** What became of the events of one submission. */
export type Tally = Readonly<Record<'accepted' | 'repeated' | 'rejected', number>>;

/** How many events came, of each source, and what became of them. */
@Injectable()
export class EventMetrics {
  private readonly pending: Gauge;
  private readonly events: Counter<'source' | 'verdict'>;

  constructor(@InjectMetrics() { registry }: Metrics) {
    this.pending = new Gauge({
      name: 'sestante_pending_events',
      help: 'Events that have come in and are not answered yet.',
      registers: [registry],
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
    this.pending.inc(events);
    try {
      return await work();
    } finally {
      this.pending.dec(events);
    }
  }

  count({ name: source }: Sender, tally: Tally): void {
    for (const [verdict, count] of Object.entries(tally)) if (count > 0) this.events.inc({ source, verdict }, count);
  }
}
