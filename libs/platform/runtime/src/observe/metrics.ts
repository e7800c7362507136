import type { Observation } from '@sestante/streaming';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { measureBatches } from './batch-metrics.ts';

/** The metrics of the process in one registry. They are documented in docs/metrics.md. */
export interface Metrics {
  readonly registry: Registry;
  /** Counts a handled batch. */
  observeBatch(observation: Observation): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  // A higher precision of the event-loop delay wakes an idle process more often.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  return { registry, observeBatch: measureBatches(registry) };
}
