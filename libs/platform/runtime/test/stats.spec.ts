import { expect, test } from '@jest/globals';
import { topics } from '@sestante/contracts';
import type { Stream } from '@sestante/streaming';
import { Stats } from '../src/observe/stats.ts';

test('the counts are read after the lag, and the lag in the order in which a message passes through the topics', async () => {
  const read: string[] = [];
  const positions: Stream['positions'] = async (topic) => {
    read.push(topic);
    await new Promise((resolve) => setTimeout(resolve, 2));
    return [];
  };
  const stats = new Stats({ positions } as Stream);
  stats.add(async () => {
    read.push('counts');
    return { decisions: 1 };
  });
  expect(await stats.read()).toEqual({ decisions: 1, lag: [] });
  const chain = [topics.activities, topics.customers, topics.scores].map(({ name }) => name);
  expect(read.filter((name) => name === 'counts' || chain.includes(name as never))).toEqual([...chain, 'counts']);
});
