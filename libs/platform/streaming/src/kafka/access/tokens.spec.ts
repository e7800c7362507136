import { afterEach, describe, expect, test } from '@jest/globals';
import { granted, type TokenAnswer, type TokenEndpoint, tokenEndpoint } from '../../testing/token-endpoint.ts';
import { type TokenSource, tokensOf } from './tokens.ts';

let endpoint: TokenEndpoint;
afterEach(() => endpoint.close());

/** An endpoint that issues token-1, token-2 … or responds with `answer`. */
async function sourceOf(answer?: TokenAnswer | ((count: number) => TokenAnswer)): Promise<TokenSource> {
  let count = 0;
  const next = () => (typeof answer === 'function' ? answer(++count) : answer!);
  endpoint = await tokenEndpoint(next);
  return { tokenEndpoint: endpoint.url, clientId: 'acme shop', clientSecret: 'hush:hush' };
}
const numbered = (lifeSeconds?: number) => (count: number) => granted(`token-${count}`, lifeSeconds);

describe('a token', () => {
  test('is requested with the id and the secret of the client, and the scope', async () => {
    const token = tokensOf({ ...(await sourceOf(numbered(60))), scope: 'kafka orders' });
    expect(await token()).toBe('token-1');
    const credentials = Buffer.from('acme+shop:hush%3Ahush').toString('base64');
    expect(endpoint.requests).toEqual([
      { authorization: `Basic ${credentials}`, body: 'scope=kafka+orders&grant_type=client_credentials' },
    ]);
  });

  test.each([
    // After half of its lifetime.
    [50, 24_999, 1],
    [50, 25_000, 2],
    [50, 25_001, 2],
    // At most 30 s before its expiry.
    [3_600, 3_569_999, 1],
    [3_600, 3_570_000, 2],
    [3_600, 3_570_001, 2],
  ])('that lives %d s is asked for again after %d ms: request %d', async (lifeSeconds, ms, count) => {
    let now = 1_700_000_000_000;
    const token = tokensOf(await sourceOf(numbered(lifeSeconds)), () => now);
    await token();
    now += ms;
    expect(await token()).toBe(`token-${count}`);
    expect(endpoint.requests).toHaveLength(count);
  });

  test('without a lifetime is used once', async () => {
    const token = tokensOf(await sourceOf(numbered()));
    expect([await token(), await token()]).toEqual(['token-1', 'token-2']);
  });

  test('is requested once by concurrent callers', async () => {
    const token = tokensOf(await sourceOf(numbered(60)));
    expect(await Promise.all([token(), token(), token()])).toEqual(['token-1', 'token-1', 'token-1']);
    expect(endpoint.requests).toHaveLength(1);
  });

  test('is requested again after a failure', async () => {
    const token = tokensOf(
      await sourceOf((count) => (count === 1 ? { status: 503, body: {} } : granted('token-2', 60))),
    );
    await expect(token()).rejects.toThrow('503');
    expect(await token()).toBe('token-2');
  });
});

describe('a failed token request', () => {
  test.each<[string, TokenAnswer, string]>([
    [
      'a refusal',
      { status: 401, body: { error: 'invalid_client', error_description: 'unknown client' } },
      '401 invalid_client, unknown client',
    ],
    ['a refusal without a reason', { status: 400, body: { error: 'invalid_scope' } }, '400 invalid_scope'],
    ['another status', { status: 503, body: 'down' }, 'it responded with 503, '],
    ['an answer without a token', { status: 200, body: { token_type: 'Bearer' } }, '"access_token"'],
    ['silence', 'silence', 'no response within 2500 ms'],
  ])('is reported with the endpoint, the client and %s, without the secret', async (_, answer, reason) => {
    const token = tokensOf(await sourceOf(answer));
    const error = (await token().catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).toContain(`${endpoint.url} issued no token for the client acme shop: `);
    expect(error.message).toContain(reason);
    expect(`${error.stack}${JSON.stringify(error)}`).not.toMatch(/hush/);
  });

  test('is reported if nothing listens at the endpoint', async () => {
    const source = await sourceOf(numbered());
    await endpoint.close();
    await expect(tokensOf(source)()).rejects.toThrow(/issued no token for the client acme shop: .*ECONNREFUSED/);
  });
});
