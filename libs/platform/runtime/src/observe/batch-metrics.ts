import type { Observation } from '@sestante/streaming';
import { Counter, Histogram, type Registry } from 'prom-client';

type Outcomes = Observation['outcomes'];

/** Measures handled batches: their time, and their messages by outcome. */
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
  const known = new Map<string, (outcomes: Outcomes, seconds: number) => void>();
  const observerOf = (topic: string, group: string) => {
    // All are there from the first batch on: the first dead letter is seen as a change from 0.
    const of = (outcome: string) => messages.labels({ topic, group, outcome });
    const counters = { done: of('done'), retry: of('retry'), deadLetter: of('dead_letter'), failed: of('failed') };
    const timer = seconds.labels({ topic, group });
    for (const counter of Object.values(counters)) counter.inc(0);
    return (outcomes: Outcomes, taken: number) => {
      timer.observe(taken);
      for (const [outcome, count] of Object.entries(outcomes)) counters[outcome as keyof Outcomes].inc(count);
    };
  };
  return ({ topic, group, outcomes, seconds: taken }) => {
    const key = `${topic} ${group}`;
    const observe = known.get(key) ?? observerOf(topic, group);
    known.set(key, observe);
    observe(outcomes, taken);
  };
}
