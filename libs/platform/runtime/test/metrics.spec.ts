import { expect, test } from '@jest/globals';
import { createMetrics } from '../src/observe/metrics.ts';

test('handled batches are counted by topic, group and outcome, with their time', async () => {
  const { registry, observeBatch } = createMetrics();
  const where = { topic: 'activities', group: 'profile' };
  observeBatch({ ...where, messages: 5, seconds: 0.02, outcomes: { done: 3, retry: 0, deadLetter: 2, failed: 0 } });
  observeBatch({ ...where, messages: 4, seconds: 0.2, outcomes: { done: 4, retry: 0, deadLetter: 0, failed: 0 } });
  const lines = (await registry.metrics()).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'sestante_messages_total{topic="activities",group="profile",outcome="done"} 7',
      'sestante_messages_total{topic="activities",group="profile",outcome="deadLetter"} 2',
      'sestante_batch_seconds_bucket{le="0.01",topic="activities",group="profile"} 0',
      'sestante_batch_seconds_bucket{le="0.03",topic="activities",group="profile"} 1',
      'sestante_batch_seconds_count{topic="activities",group="profile"} 2',
    ]),
  );
  expect(lines.filter((line) => line.includes('outcome="retry"'))).toEqual([]);
});
