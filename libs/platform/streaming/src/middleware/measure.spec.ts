import { describe, expect, test } from '@jest/globals';
import { deadLetter, done, type Outcome, retry } from '../outcome.ts';
import { aDelivery } from '../testing/messages.ts';
import { compose, type Middleware, type Step } from './compose.ts';
import { measuring, type Observation } from './measure.ts';

const here = { topic: 'activities', group: 'profile' };
const batch = [aDelivery({ offset: 0 }), aDelivery({ offset: 1 }), aDelivery({ offset: 2 })];

/** The observation of a handler with this result. */
async function observed(handler: Step): Promise<{ observations: Observation[]; result: unknown }> {
  const observations: Observation[] = [];
  const handle = measuring((observation) => void observations.push(observation))(handler);
  const result = await handle(batch, here).catch((error: unknown) => error);
  return { observations, result };
}

describe('a batch is measured', () => {
  test('with its size, its duration and its outcomes', async () => {
    const outcomes = [done, deadLetter('bad'), retry('not yet')];
    const { observations, result } = await observed(async () => outcomes);
    expect(observations).toEqual([
      { ...here, messages: 3, seconds: expect.any(Number), outcomes: { done: 1, retry: 1, deadLetter: 1, failed: 0 } },
    ]);
    expect(result).toBe(outcomes);
  });

  test('as failed if the handler rejects, and the error is rethrown', async () => {
    const boom = new Error('boom');
    const { observations, result } = await observed(() => Promise.reject(boom));
    expect(observations).toMatchObject([{ messages: 3, outcomes: { done: 0, retry: 0, deadLetter: 0, failed: 3 } }]);
    expect(result).toBe(boom);
  });

  test('even if the handler returns too few outcomes', async () => {
    const outcomes = [done, undefined as unknown as Outcome];
    const { observations, result } = await observed(async () => outcomes);
    expect(observations).toMatchObject([{ outcomes: { done: 1, failed: 0 } }]);
    expect(result).toBe(outcomes);
  });
});

describe('middleware', () => {
  test('wraps the handler, the first outermost', async () => {
    const calls: string[] = [];
    const named =
      (name: string): Middleware =>
      (next) =>
      async (given, where) => {
        calls.push(`into ${name}`);
        const outcomes = await next(given, where);
        calls.push(`out of ${name}`);
        return outcomes;
      };
    const handler: Step = async () => {
      calls.push('handler');
      return [];
    };
    await compose([named('outer'), named('inner')], handler)(batch, here);
    expect(calls).toEqual(['into outer', 'into inner', 'handler', 'out of inner', 'out of outer']);
  });
});
