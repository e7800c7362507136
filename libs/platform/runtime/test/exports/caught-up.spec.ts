import { describe, expect, it } from '@jest/globals';
import { topics } from '@sestante/contracts';
import type { Position } from '@sestante/streaming';
import { untilCaughtUp } from '../../src/exports/caught-up.ts';

/** A stream in which each group reads one message with every question. */
function aStream(behind: Readonly<Record<string, number>>) {
  const left = new Map(Object.entries(behind));
  const asked: string[] = [];
  return {
    asked,
    left,
    async positions(topic: string): Promise<Position[]> {
      asked.push(topic);
      const messages = left.get(topic) ?? 0;
      left.set(topic, Math.max(0, messages - 1));
      const position = { topic, partition: 0, end: 10 };
      return [
        { ...position, group: groups[topic]!, committed: 10 - messages },
        { ...position, group: 'another', committed: 0 },
      ];
    },
  };
}
const groups: Readonly<Record<string, string>> = {
  [topics.activities.name]: 'profile',
  [topics.customers.name]: 'scoring',
  [topics.scores.name]: 'offers',
  [topics.refusals.name]: 'ingest',
};
const options = { pollMs: 1, timeoutMs: 5_000 };

describe('a service that is asked for what it stores', () => {
  it.each([
    ['profile', [topics.activities.name]],
    ['ingest', [topics.activities.name, topics.refusals.name]],
    ['scoring', [topics.activities.name, topics.customers.name]],
    ['offers', [topics.activities.name, topics.customers.name, topics.scores.name]],
  ] as const)('%s waits for every service before it, in order', async (service, expected) => {
    const stream = aStream(Object.fromEntries(expected.map((topic) => [topic, 3])));
    expect(await untilCaughtUp(stream, service, options)).toBe(true);
    expect([...new Set(stream.asked)]).toEqual(expected);
    expect(expected.map((topic) => stream.left.get(topic))).toEqual(expected.map(() => 0));
  });

  it('does not wait for ever', async () => {
    const stuck = { positions: aStream({ [topics.activities.name]: 10_000 }).positions };
    expect(await untilCaughtUp(stuck, 'profile', { pollMs: 1, timeoutMs: 20 })).toBe(false);
  });

  it('does not wait for a group that does not exist', async () => {
    expect(await untilCaughtUp({ positions: async () => [] }, 'offers', options)).toBe(true);
  });
});
