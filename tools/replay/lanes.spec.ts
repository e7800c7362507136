import { describe, expect, it } from '@jest/globals';
import { inStore } from './household-event.ts';
import { toBatches, toLanes } from './lanes.ts';

const happening = (index: number, properties = {}) =>
  inStore({
    household: String(index % 37),
    id: String(index),
    event: 'Order Completed',
    timestamp: new Date(index * 60_000).toISOString(),
    properties: { order_id: index, ...properties },
  });

describe('lanes', () => {
  it('keep every event once, all of a household in one lane and in order', () => {
    const events = Array.from({ length: 1_000 }, (_, index) => happening(index));
    const lanes = toLanes(events, 4);
    expect(lanes.flat()).toHaveLength(1_000);
    expect(lanes.every((lane) => lane.length > 100)).toBe(true);
    for (const lane of lanes)
      expect(lane.map(({ timestamp }) => timestamp)).toEqual(lane.map((e) => e.timestamp).sort());
    const cardsOf = (lane: (typeof lanes)[number]) =>
      new Set(lane.map((e) => JSON.stringify(e.context['externalIds'])));
    expect(lanes.map(cardsOf).reduce((sum, { size }) => sum + size, 0)).toBe(37);
  });
});

describe('batches', () => {
  it('hold 100 events, in order', () => {
    const events = Array.from({ length: 250 }, (_, index) => happening(index).event);
    const batches = [...toBatches(events)];
    expect(batches.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(batches.flat()).toEqual(events);
  });

  it('hold fewer where events are large: a server takes 500 KB', () => {
    const events = Array.from({ length: 40 }, (_, index) => happening(index, { note: 'x'.repeat(30_000) }).event);
    const batches = [...toBatches(events)];
    expect(batches.flat()).toEqual(events);
    for (const batch of batches) expect(JSON.stringify({ batch }).length).toBeLessThan(500 * 1024);
  });

  it('hold an event that is too large alone: the server says what it thinks of it', () => {
    const events = [happening(1, { note: 'x'.repeat(600_000) }).event, happening(2).event];
    expect([...toBatches(events)].map(({ length }) => length)).toEqual([1, 1]);
  });
});
