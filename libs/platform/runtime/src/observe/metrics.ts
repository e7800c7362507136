import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { Observation } from '@sestante/streaming';

/** The process's metrics, in one registry. */
export interface Metrics {
  readonly registry: Registry;
  /** Counts a handled batch. */
  observeBatch(observation: Observation): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  // The finer it looks at the delay of the event loop, the more often it wakes a process at rest.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  const labels = ['topic', 'group'] as const;
  const messages = new Counter({
    name: 'sestante_messages_total',
    help: 'Messages handled, by outcome.',
    labelNames: [...labels, 'outcome'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'sestante_batch_seconds',
    help: 'Time to handle one batch.',
    labelNames: labels,
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
    registers: [registry],
  });
  return {
    registry,
    observeBatch({ topic, group, outcomes, seconds: taken }) {
      seconds.observe({ topic, group }, taken);
      for (const [outcome, count] of Object.entries(outcomes))
        if (count > 0) messages.inc({ topic, group, outcome }, count);
    },
  };
}
