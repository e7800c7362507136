import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CustomerActed } from '@sestante/contracts';
import { anActOf, daysAfter, idOf } from './builders.ts';
import { type Service, startScoring } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startScoring();
});
afterAll(() => service.dispose());

const activitiesOf = (name: string) =>
  service.query(
    'select a.activity_id from scoring.activity a join scoring.member using (member_id) where customer_id = $1',
    [idOf(name)],
  );

describe('an activity with nonsense values', () => {
  const nonsense: [string, Partial<CustomerActed>][] = [
    ['a huge number where a rating is expected', { name: 'product.reviewed', properties: { rating: 1e308 } }],
    ['an extremely small number', { name: 'queue.waited', properties: { minutes: -1e308 } }],
    ['a string where a number is expected', { name: 'queue.waited', properties: { minutes: 'ten', days_late: '3' } }],
    ['a list where a number is expected', { name: 'delivery.arrived', properties: { days_late: [3] } }],
    [
      'a nested object where a number is expected',
      { name: 'queue.waited', properties: { minutes: { minutes: { minutes: 1 } } } },
    ],
    [
      'names of prototype properties',
      { name: 'queue.waited', properties: JSON.parse('{"__proto__": 1, "constructor": {}}') },
    ],
    ['the name constructor', { name: 'constructor' }],
    ['a very long name', { name: 'x'.repeat(5_000) }],
    ['the year 1', { timestamp: '0001-01-01T00:00:00.000Z' }],
    ['the year 9999', { timestamp: '9999-12-31T23:59:59.999Z', receivedAt: daysAfter(0) }],
    ['the channel other', { channel: 'other' }],
    ['a NUL', { properties: { minutes: 'a\0b', '\0': 1 } }],
  ];

  it.each(nonsense)('does not stop later activities: %s', async (what, nonsensical) => {
    await service.publishActivities(anActOf(what, nonsensical), anActOf(what));
    const stored = await activitiesOf(what);
    expect(stored.length).toBeGreaterThanOrEqual(1);
    const { status, body } = await service.get(`/api/v1/customers/${idOf(what)}/scores`);
    expect(status).toBe(200);
    expect(body.overall).toBeGreaterThan(0);
    expect(body.overall).toBeLessThanOrEqual(100);
  });

  it('never becomes a dead letter', async () => {
    const { body } = await service.get('/api/v1/dead-letters');
    expect(body.items).toEqual([]);
  });
});
