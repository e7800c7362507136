import { afterEach, describe, expect, it } from '@jest/globals';
import { statusLine } from '../sestante/status-line.ts';
import { type FakeServer, startFakeServer } from '../sestante/testing/fake-server.ts';
import { inStore } from './household-event.ts';
import { replay } from './replay.ts';

const events = Array.from({ length: 450 }, (_, index) =>
  inStore({
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
  const said: string[] = [];
  return {
    said,
    line: statusLine({ output: { isTTY: false, columns: 80, write: (text) => said.push(String(text)) > 0 } }),
  };
}

describe('a replay', () => {
  it('sends everything once, in the order of each household, and shows what became of it', async () => {
    server = await startFakeServer();
    const { said, line } = output();
    expect(await replay(server.target, events, line)).toBe(true);
    expect(new Set(server.kept.map(({ messageId }) => messageId)).size).toBe(450);
    expect(server.kept).toHaveLength(450);
    const timesOf = (household: string) =>
      server.kept
        .filter(({ context }) => JSON.stringify(context).includes(`"id":"${household}"`))
        .map((e) => e.timestamp);
    for (const household of ['0', '7']) expect(timesOf(household)).toEqual(timesOf(household).toSorted());
    expect(said.join('')).toMatch(/450 events of 10 households[^]*Sent 450 events in [^]*accepted +450 +\+450/);
  });

  it('goes on after the server refused, was away, and had too much to do', async () => {
    server = await startFakeServer({ troubles: [503, 'cut', 429, 500, 'cut'] });
    expect(await replay(server.target, events, output().line)).toBe(true);
    expect(new Set(server.kept.map(({ messageId }) => messageId)).size).toBe(450);
  });

  it('reports what was rejected', async () => {
    server = await startFakeServer({ rejects: 'complete-journey:17' });
    const { said, line } = output();
    expect(await replay(server.target, events, line)).toBe(false);
    expect(said.join('')).toMatch(/1 events were rejected[^]*complete-journey:17 {2}too-large: it is/);
  });

  it('stops at a refusal', async () => {
    server = await startFakeServer();
    const target = { ...server.target, writeKey: 'wrong' };
    await expect(replay(target, events, output().line)).rejects.toThrow('does not know the write key from a test');
  });

  it('sends without an API key, and says that it cannot see what became of it', async () => {
    server = await startFakeServer();
    const { said, line } = output();
    expect(await replay({ ...server.target, apiKey: undefined }, events, line)).toBe(true);
    expect(said.join('')).toContain('No API key');
  });
});
