import type { Observation } from '@sestante/streaming';
import { Counter, Histogram, type Registry } from 'prom-client';

type Outcomes = Observation['outcomes'];

/** Measures handled batches: their duration, and their messages by outcome. */
export function measureBatches(registry: Registry): (observation: Observation) => void {
  const labelNames = ['topic', 'group'] as const;
  const messages = new Counter({
    name: 'sestante_messages_total',
    help: 'Messages given to a handler, by topic, group and outcome.',
    labelNames: [...labelNames, 'outcome'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'sestante_batch_duration_seconds',
    help: 'Time to handle one batch, by topic and group.',
    labelNames,
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  const observers = new Map<string, (outcomes: Outcomes, seconds: number) => void>();
  const observerOf = (topic: string, group: string) => {
    // All counters exist from the first batch on, so that the first dead letter is a change from 0.
    const of = (outcome: string) => messages.labels({ topic, group, outcome });
    const counters = { done: of('done'), retry: of('retry'), deadLetter: of('dead_letter'), failed: of('failed') };
    const timer = seconds.labels({ topic, group });
    for (const counter of Object.values(counters)) counter.inc(0);
    return (outcomes: Outcomes, duration: number) => {
      timer.observe(duration);
      for (const [outcome, count] of Object.entries(outcomes)) counters[outcome as keyof Outcomes].inc(count);
    };
  };
  return ({ topic, group, outcomes, seconds: duration }) => {
    const key = `${topic} ${group}`;
    const observe = observers.get(key) ?? observerOf(topic, group);
    observers.set(key, observe);
    observe(outcomes, duration);
  };
}
