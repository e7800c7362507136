import type { Observation } from '@sestante/streaming';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { measureBatches } from './batch-metrics.ts';

/** The process's metrics, in one registry. What each means stands in docs/metrics.md. */
export interface Metrics {
  readonly registry: Registry;
  /** Counts a handled batch. */
  observeBatch(observation: Observation): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  // The finer it looks at the delay of the event loop, the more often it wakes a process at rest.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  return { registry, observeBatch: measureBatches(registry) };
}
