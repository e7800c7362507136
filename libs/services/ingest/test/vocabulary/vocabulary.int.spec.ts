import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { vocabularySchema } from '@sestante/contracts';
import { type Ingest, startIngest } from '../driver.ts';

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

/** Sends a request without a key. */
const read = (headers: Record<string, string> = {}) => fetch(`${ingest.url}/api/v1/vocabulary`, { headers });

describe('the vocabulary', () => {
  test('is public, as JSON Schema', async () => {
    const response = await read();
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^application\/schema\+json/),
    ]);
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(vocabularySchema())));
  });

  test('can be cached, and is not sent again if it is unchanged', async () => {
    const { headers } = await read();
    expect(headers.get('cache-control')).toBe('public, max-age=300');
    const etag = headers.get('etag')!;
    for (const known of [etag, `"another", ${etag}`, `W/${etag}`]) {
      const again = await read({ 'if-none-match': known });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    }
  });

  test.each(['"another"', '', '"'])('is sent to a client with the entity tag %j', async (known) => {
    expect((await read({ 'if-none-match': known })).status).toBe(200);
  });
});
