import { expect, it } from '@jest/globals';
import type { Logger, Metrics } from '@sestante/runtime';
import { Registry } from 'prom-client';
import { MissingOffers } from '../src/missing-offers.ts';
import { idOf } from './builders.ts';

const of = (name: string) => ({ memberId: idOf(`member of ${name}`), customerId: idOf(name), moves: 0 });

it('counts and logs answers to offers that the customer does not have, without the typed code', async () => {
  const registry = new Registry();
  const lines: unknown[] = [];
  const logger = { warn: (...line: unknown[]) => lines.push(line) } as unknown as Logger;
  const missing = new MissingOffers({ registry } as Metrics, logger);

  missing.count([]);
  expect(lines).toEqual([]);
  missing.count([
    { ...of('ada'), offer: 'HYV61VYAB2', status: 'redeemed' },
    { ...of('bob'), offer: 'ada@example.org', status: 'redeemed' },
    { ...of('bob'), offer: 'HYV61VYAB3', status: 'seen' },
  ]);
  const text = await registry.metrics();
  expect(text).toContain('sestante_answers_to_missing_offers_total{status="redeemed"} 2');
  expect(text).toContain('sestante_answers_to_missing_offers_total{status="seen"} 1');
  expect(lines).toHaveLength(3);
  expect(JSON.stringify(lines)).toContain(idOf('ada'));
  expect(JSON.stringify(lines)).not.toMatch(/HYV|@/);
});
