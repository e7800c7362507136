import { afterEach, describe, expect, it } from '@jest/globals';
import { statusLine } from '../sestante/status-line.ts';
import { type FakeServer, startFakeServer } from '../sestante/testing/fake-server.ts';
import { storeEvent } from './household-event.ts';
import { replay } from './replay.ts';

const events = Array.from({ length: 450 }, (_, index) =>
  storeEvent({
    household: String(index % 10),
    id: String(index),
    event: 'Order Completed',
    timestamp: new Date(index * 60_000).toISOString(),
    properties: { order_id: index },
  }),
);

let server: FakeServer;
afterEach(() => server.stop());

function output() {
  const printed: string[] = [];
  return {
    printed,
    line: statusLine({ output: { isTTY: false, columns: 80, write: (text) => printed.push(String(text)) > 0 } }),
  };
}

describe('a replay', () => {
  it('sends everything once, in order for each household, and prints the results', async () => {
    server = await startFakeServer();
    const { printed, line } = output();
    expect(await replay(server.target, events, line)).toBe(true);
    expect(new Set(server.stored.map(({ messageId }) => messageId)).size).toBe(450);
    expect(server.stored).toHaveLength(450);
    const timesOf = (household: string) =>
      server.stored
        .filter(({ context }) => JSON.stringify(context).includes(`"id":"${household}"`))
        .map((e) => e.timestamp);
    for (const household of ['0', '7']) expect(timesOf(household)).toEqual(timesOf(household).toSorted());
    expect(printed.join('')).toMatch(/450 events of 10 households[^]*Sent 450 events in [^]*accepted +450 +\+450/);
  });

  it('continues after the server was overloaded, failed, and closed connections', async () => {
    server = await startFakeServer({ failures: [503, 'cut', 429, 500, 'cut'] });
    expect(await replay(server.target, events, output().line)).toBe(true);
    expect(new Set(server.stored.map(({ messageId }) => messageId)).size).toBe(450);
  });

  it('reports rejected events', async () => {
    server = await startFakeServer({ rejects: 'complete-journey:17' });
    const { printed, line } = output();
    expect(await replay(server.target, events, line)).toBe(false);
    expect(printed.join('')).toMatch(/1 events were rejected[^]*complete-journey:17 {2}too-large: it is/);
  });

  it('stops if the write key is rejected', async () => {
    server = await startFakeServer();
    const target = { ...server.target, writeKey: 'wrong' };
    await expect(replay(target, events, output().line)).rejects.toThrow('rejects the write key from a test');
  });

  it('sends without an API key, without results', async () => {
    server = await startFakeServer();
    const { printed, line } = output();
    expect(await replay({ ...server.target, apiKey: undefined }, events, line)).toBe(true);
    expect(printed.join('')).toContain('No API key');
  });
});
