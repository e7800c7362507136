import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Dependencies } from '../dependencies.ts';
import type { Metrics } from '../observe/metrics.ts';
import { InjectMetrics } from '../tokens.ts';
import { DeadLetters } from './dead-letters.ts';

/** The number of dead letters as a metric. While they cannot be counted, it keeps its last value. */
@Injectable()
export class DeadLetterMetrics {
  constructor(letters: DeadLetters, dependencies: Dependencies, @InjectMetrics() { registry }: Metrics) {
    new Gauge({
      name: 'sestante_dead_letters',
      help: 'Stored messages that a group could not handle.',
      labelNames: ['group', 'topic'],
      registers: [registry],
      async collect() {
        if (Object.keys(dependencies.unavailable()).length > 0) return;
        const counts = await letters.counts({}).catch(() => undefined);
        if (!counts) return;
        this.reset();
        for (const group of letters.groups)
          if (!counts.some((one) => one.group === group)) this.set({ group, topic: '' }, 0);
        for (const { group, topic, count } of counts) this.set({ group, topic }, count);
      },
    });
  }
}
