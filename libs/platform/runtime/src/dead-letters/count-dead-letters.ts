import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Dependencies } from '../dependencies.ts';
import type { Metrics } from '../observe/metrics.ts';
import { InjectMetrics } from '../tokens.ts';
import { DeadLetters } from './dead-letters.ts';

/** How many dead letters there are, as a metric. While they cannot be counted, it stays as it was. */
@Injectable()
export class CountDeadLetters {
  constructor(letters: DeadLetters, dependencies: Dependencies, @InjectMetrics() { registry }: Metrics) {
    new Gauge({
      name: 'sestante_dead_letters',
      help: 'Messages that a group could not use, and that are kept.',
      labelNames: ['group', 'topic'],
      registers: [registry],
      async collect() {
        if (Object.keys(dependencies.missing()).length > 0) return;
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
