import { afterEach, describe, expect, it } from '@jest/globals';
import { drained, type Stats } from './stats.ts';
import { type FakeServer, startFakeServer } from './testing/fake-server.ts';

const stats = (activities: number, messages: number): Stats => ({
  activities,
  lag: [{ topic: 'engagement.activities.v1', group: 'profile', messages }],
});

let server: FakeServer;
afterEach(() => server.stop());

describe('waiting until everything is processed', () => {
  it('does not end while an activity is between two services', async () => {
    server = await startFakeServer({ stats: [stats(1, 5), stats(2, 0), stats(2, 3), stats(4, 0), stats(5, 0)] });
    const lags: number[] = [];
    expect(await drained(server.target, { pollMs: 1, onLag: (messages) => lags.push(messages) })).toEqual(stats(5, 0));
    expect(lags).toEqual([5, 0, 3, 0, 0]);
  });
});
