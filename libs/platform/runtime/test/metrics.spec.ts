import { expect, test } from '@jest/globals';
import { createMetrics } from '../src/observe/metrics.ts';

const where = { topic: 'activities', group: 'profile' };

test('handled batches are counted by topic, group and outcome, with their duration', async () => {
  const { registry, observeBatch } = createMetrics();
  observeBatch({ ...where, messages: 5, seconds: 0.02, outcomes: { done: 3, retry: 0, deadLetter: 2, failed: 0 } });
  observeBatch({ ...where, messages: 4, seconds: 0.2, outcomes: { done: 4, retry: 0, deadLetter: 0, failed: 0 } });
  const lines = (await registry.metrics()).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'sestante_messages_total{topic="activities",group="profile",outcome="done"} 7',
      'sestante_messages_total{topic="activities",group="profile",outcome="dead_letter"} 2',
      'sestante_batch_duration_seconds_bucket{le="0.01",topic="activities",group="profile"} 0',
      'sestante_batch_duration_seconds_bucket{le="0.03",topic="activities",group="profile"} 1',
      'sestante_batch_duration_seconds_count{topic="activities",group="profile"} 2',
    ]),
  );
});

test('every outcome has a counter from the first batch on, so that the first dead letter is a change', async () => {
  const { registry, observeBatch } = createMetrics();
  observeBatch({ ...where, messages: 1, seconds: 0.02, outcomes: { done: 1, retry: 0, deadLetter: 0, failed: 0 } });
  expect(await registry.metrics()).toContain(
    'sestante_messages_total{topic="activities",group="profile",outcome="dead_letter"} 0',
  );
});
