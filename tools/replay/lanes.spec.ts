import { describe, expect, it } from '@jest/globals';
import { storeEvent } from './household-event.ts';
import { toBatches, toLanes } from './lanes.ts';

const eventOf = (index: number, properties = {}) =>
  storeEvent({
    household: String(index % 37),
    id: String(index),
    event: 'Order Completed',
    timestamp: new Date(index * 60_000).toISOString(),
    properties: { order_id: index, ...properties },
  });

describe('lanes', () => {
  it('contain every event once, and all events of a household in one lane and in order', () => {
    const events = Array.from({ length: 1_000 }, (_, index) => eventOf(index));
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
  it('have at most 100 events, in order', () => {
    const events = Array.from({ length: 250 }, (_, index) => eventOf(index).event);
    const batches = [...toBatches(events)];
    expect(batches.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(batches.flat()).toEqual(events);
  });

  it('have fewer events if they are large: a server accepts 500 KB', () => {
    const events = Array.from({ length: 40 }, (_, index) => eventOf(index, { note: 'x'.repeat(30_000) }).event);
    const batches = [...toBatches(events)];
    expect(batches.flat()).toEqual(events);
    for (const batch of batches) expect(JSON.stringify({ batch }).length).toBeLessThan(500 * 1024);
  });

  it('contain an event that is too large alone: the server rejects it', () => {
    const events = [eventOf(1, { note: 'x'.repeat(600_000) }).event, eventOf(2).event];
    expect([...toBatches(events)].map(({ length }) => length)).toEqual([1, 1]);
  });
});
