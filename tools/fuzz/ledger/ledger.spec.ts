import { describe, expect, test } from '@jest/globals';
import type { FuzzedRequest } from '../requests/request.ts';
import { Ledger } from './ledger.ts';

const key = 'the-key';
const post = (path: string, body: unknown, headers: Record<string, string> = {}): FuzzedRequest => ({
  operationId: 'any',
  method: 'POST',
  path,
  headers: { authorization: `Bearer ${key}`, ...headers },
  body: Buffer.from(JSON.stringify(body)),
  framing: 'length',
});
const success = { success: true };
const rejecting = (...indices: number[]) => ({
  success: true,
  rejected: indices.map((index) => ({ index, messageId: `m-${index}`, code: 'any', reason: 'any' })),
});
const kept = (messageId: string | null) => ({ key, messageId });

/** The balance of the ledger after requests and their responses. */
function balanceOf(
  pairs: readonly (readonly [FuzzedRequest, unknown])[],
  remaining: Parameters<Ledger['balance']>[0] = [],
) {
  const ledger = new Ledger();
  for (const [request, answer] of pairs) ledger.note(request, answer);
  return ledger.balance(remaining);
}

describe('sent events', () => {
  test('that were not rejected are accepted, each once', () => {
    const batch = { batch: [{ messageId: 'm-0' }, { messageId: 'm-1' }, { messageId: 'm-2' }, {}, {}] };
    expect(
      balanceOf(
        [
          [post('/v1/batch', batch), rejecting(1)],
          [post('/v1/b?a=1', batch), rejecting(1)],
        ],
        [kept('m-1')],
      ),
    ).toEqual({ accepted: 6, rejected: 1, repeated: 2, redriven: 0 });
  });

  test.each([
    ['/v1/track', { messageId: 'm' }, {}, 1],
    ['/api/s/s2s/t/', { messageId: 'm' }, {}, 1],
    ['/v1/m', { messageId: 'm' }, {}, 0],
    ['/beacon/v1/batch?writeKey=the-key', { batch: [{ messageId: 5 }, { messageId: '5' }, { messageId: '' }] }, {}, 2],
    [
      '/api/v1/cloudevents',
      [
        { source: '/', id: 'a' },
        { source: '/', id: 'a' },
      ],
      {},
      1,
    ],
    ['/api/v1/cloudevents', [1, 2], { 'ce-source': '/', 'ce-id': 'a' }, 1],
    ['/api/v1/receipts', [{ SequenceNumber: 1 }, { Transaction: { SequenceNumber: 1 } }], {}, 1],
  ])('by %s with %j are counted as accepted', (path, body, headers, accepted) => {
    expect(balanceOf([[post(path, body, headers), success]]).accepted).toBe(accepted);
  });

  test('with the same id from another source are different events', () => {
    const other = post('/v1/track', { messageId: 'm' }, { authorization: 'Bearer another' });
    expect(
      balanceOf([
        [post('/v1/track', { messageId: 'm' }), success],
        [other, success],
      ]).accepted,
    ).toBe(2);
  });
});

describe('redriven rejected events', () => {
  const sent = [post('/v1/batch', { batch: [{ messageId: 'm-0' }, { messageId: 'm-1' }] }), rejecting(1)] as const;

  test('that are accepted are no longer counted as rejected', () => {
    expect(balanceOf([sent, [post('/api/v1/rejected/1/redrive', {}), { verdict: 'accepted' }]])).toEqual({
      accepted: 2,
      rejected: 0,
      repeated: 0,
      redriven: 1,
    });
  });

  test('with the id of an accepted event are not counted twice', () => {
    const again = [post('/v1/track', { messageId: 'm-1' }), success] as const;
    const redrive = [post('/api/v1/rejected/redrive', {}), { accepted: 1, rejected: 0, next: null }] as const;
    expect(balanceOf([sent, again, redrive])).toMatchObject({ accepted: 2, rejected: 0 });
  });

  test('are not affected by a redrive of dead letters', () => {
    const redrive = [post('/api/v1/dead-letters/redrive', {}), { redriven: 1, next: null }] as const;
    expect(balanceOf([sent, redrive])).toMatchObject({ rejected: 1, redriven: 0 });
  });
});

test('the counts of imports are added, and their events that were accepted later', () => {
  const ledger = new Ledger();
  ledger.note(post('/api/v1/rejected/redrive', {}), { accepted: 2, rejected: 1, next: null });
  const files = { accepted: 10, rejected: 3, repeated: 4, remaining: 1 };
  expect(ledger.balance([], files)).toEqual({ accepted: 12, rejected: 1, repeated: 4, redriven: 2 });
});
