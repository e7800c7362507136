import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { anEvent } from '../builders.ts';
import { basic, type Ingest, type MadeSource, problemOf, startIngest, writeKey as configuredKey } from '../driver.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

interface Key {
  id: string;
  kind: string;
  hint: string;
  writeKey: string;
  endsAt: string | null;
}

const read = async (id: string) => (await (await ingest.get(`/api/v1/sources/${id}`)).json()) as MadeSource;
const addKey = async (id: string, kind: string) =>
  (await (await ingest.change(`POST /api/v1/sources/${id}/keys`, { kind })).json()) as Key;

/** The status of the response to an event with the key. */
const sendWith = async (key: string, over: object = {}) =>
  (await ingest.post('/v1/track', JSON.stringify(anEvent({ messageId: randomUUID(), ...over })), basic(key))).status;

describe('a source', () => {
  test('is created with a key that is returned once, and is the source of its events', async () => {
    const { id, writeKey, keys } = await ingest.aSource({ name: 'the till', channel: 'store' });
    expect(keys).toEqual([
      {
        id: expect.any(String),
        kind: 'secret',
        hint: writeKey.slice(-4),
        isConfigured: false,
        createdAt: expect.any(String),
        endsAt: null,
      },
    ]);
    const messageId = randomUUID();
    expect(await sendWith(writeKey, { messageId })).toBe(200);
    const activities = await ingest.until((all) => all.some((one) => one.messageId === messageId));
    expect(activities.find((one) => one.messageId === messageId)).toMatchObject({ source: id, channel: 'store' });
    const shown = await (await ingest.get('/api/v1/sources')).text();
    expect([shown.includes('the till'), shown.includes(writeKey)]).toEqual([true, false]);
  });

  test('reads phone numbers without a country code as those of its country', async () => {
    const [italian, anywhere] = [await ingest.aSource({ country: 'IT' }), await ingest.aSource()];
    expect([italian, anywhere]).toMatchObject([{ country: 'IT' }, { country: null }]);
    const phoneFrom = async ({ writeKey }: MadeSource) => {
      const messageId = randomUUID();
      await sendWith(writeKey, { messageId, traits: { phone: '0335 1234567' } });
      const activities = await ingest.until((all) => all.some((one) => one.messageId === messageId));
      const { identifiers } = activities.find((one) => one.messageId === messageId)!;
      return identifiers.find(({ kind }) => kind === 'phone')?.value;
    };
    expect(await phoneFrom(italian)).toBe('+393351234567');
    expect(await phoneFrom(anywhere)).toBe('03351234567');
    await ingest.change(`PATCH /api/v1/sources/${italian.id}`, { country: null });
    expect(await read(italian.id)).toMatchObject({ country: null });
  });

  test('has the given settings, and defaults for the others', async () => {
    const given = { origins: ['https://shop.example'], eventsPerSecond: 50, claims: ['user_id'] };
    expect(await ingest.aSource({ ...given, channel: 'mobile' })).toMatchObject({ ...given, channel: 'mobile' });
    expect(await ingest.aSource()).toMatchObject({
      origins: [],
      eventsPerSecond: null,
      claims: ['user_id', 'loyalty_card', 'email', 'phone'],
      isPaused: false,
      consentCategories: {},
    });
  });

  test('can say what the categories of its consent platform mean', async () => {
    const { id, writeKey } = await ingest.aSource();
    const consentCategories = { C0004: ['offers', 'email'] };
    const changed = await ingest.change(`PATCH /api/v1/sources/${id}`, { consentCategories });
    expect([changed.status, await changed.json()]).toMatchObject([200, { consentCategories }]);
    const messageId = randomUUID();
    const context = { consent: { categoryPreferences: { C0004: true } } };
    await sendWith(writeKey, { messageId, event: 'Segment Consent Preference Updated', properties: {}, context });
    const activities = await ingest.until((all) => all.some((one) => one.messageId === messageId));
    expect(activities.find((one) => one.messageId === messageId)!.properties).toMatchObject({
      offers: true,
      channels: { email: true },
    });
  });

  test('can be changed, one setting at a time', async () => {
    const { id } = await ingest.aSource({ eventsPerSecond: 50 });
    const name = randomUUID();
    const changed = await ingest.change(`PATCH /api/v1/sources/${id}`, { name, isPaused: true });
    expect([changed.status, await changed.json()]).toMatchObject([200, { name, isPaused: true, eventsPerSecond: 50 }]);
    await ingest.change(`PATCH /api/v1/sources/${id}`, { eventsPerSecond: null });
    expect(await read(id)).toMatchObject({ name, isPaused: true, eventsPerSecond: null });
    expect((await ingest.change(`PATCH /api/v1/sources/${id}`, {})).status).toBe(200);
  });

  test('has a unique name', async () => {
    const { name } = await ingest.aSource();
    const { id } = await ingest.aSource();
    for (const taken of [
      await ingest.change('POST /api/v1/sources', { name, channel: 'web' }),
      await ingest.change(`PATCH /api/v1/sources/${id}`, { name }),
    ])
      expect(await problemOf(taken)).toMatchObject({ status: 409, code: 'name-taken' });
  });

  test.each([
    [{ name: undefined }, 'name'],
    [{ name: '' }, 'name'],
    [{ name: ' ' }, 'name'],
    [{ name: 'a\u0000b' }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ name: 5 }, 'name'],
    [{ channel: undefined }, 'channel'],
    [{ channel: 'pigeon' }, 'channel'],
    [{ claims: ['device_id'] }, 'claims'],
    [{ claims: ['email', 'email'] }, 'claims'],
    [{ claims: 'email' }, 'claims'],
    [{ claims: null }, 'claims'],
    [{ origins: ['shop.example'] }, 'origins'],
    [{ origins: ['https://shop.example/'] }, 'origins'],
    [{ origins: 'https://shop.example' }, 'origins'],
    [{ origins: Array.from({ length: 51 }, (_, number) => `https://s${number}.example`) }, 'origins'],
    [{ eventsPerSecond: 0 }, 'eventsPerSecond'],
    [{ eventsPerSecond: 1.5 }, 'eventsPerSecond'],
    [{ eventsPerSecond: 1_000_001 }, 'eventsPerSecond'],
    [{ eventsPerSecond: '5' }, 'eventsPerSecond'],
    [{ country: 'I' }, 'country'],
    [{ country: 'ITA' }, 'country'],
    [{ country: 'it' }, 'country'],
    [{ country: 'XX' }, 'country'],
    [{ country: 39 }, 'country'],
    [{ key: 'public' }, 'key'],
    [{ isPaused: true }, 'isPaused'],
    [{ consentCategories: { C0004: ['newsletter'] } }, 'consentCategories'],
    [{ consentCategories: null }, 'consentCategories'],
    [{ colour: 'red' }, 'colour'],
  ])('cannot be created with %j', async (wrong, named) => {
    const given = { name: randomUUID(), channel: 'web', ...wrong };
    const problem = await problemOf(await ingest.change('POST /api/v1/sources', given));
    expect(problem).toMatchObject({ status: 400, detail: expect.stringContaining(named) });
  });

  test.each([{ name: 'x'.repeat(100) }, { eventsPerSecond: 1 }, { eventsPerSecond: 1_000_000 }, { claims: [] }])(
    'can be created with %j',
    async (over) => expect(await ingest.aSource(over)).toMatchObject(over),
  );

  test('can have 50 origins', async () => {
    const origins = Array.from({ length: 50 }, (_, number) => `https://s${number}.example`);
    expect(await ingest.aSource({ origins })).toMatchObject({ origins });
  });

  test('that does not exist is 404, and an invalid id is 400', async () => {
    const there = `/api/v1/sources/${randomUUID()}`;
    for (const response of [
      await ingest.get(there),
      await ingest.change(`PATCH ${there}`, { isPaused: true }),
      await ingest.change(`POST ${there}/keys`, { kind: 'secret' }),
      await ingest.change(`DELETE ${there}/keys/${randomUUID()}`),
    ])
      expect((await problemOf(response)).status).toBe(404);
    expect((await problemOf(await ingest.get('/api/v1/sources/5'))).status).toBe(400);
  });

  test('is for administrators only', async () => {
    const response = await fetch(`${ingest.url}/api/v1/sources`, {
      headers: { authorization: `Bearer ${configuredKey}` },
    });
    expect((await problemOf(response)).status).toBe(401);
  });
});

describe('the keys of a source', () => {
  test('are at most two of each kind', async () => {
    const { id, writeKey } = await ingest.aSource();
    const second = await addKey(id, 'secret');
    expect(await addKey(id, 'browser')).toMatchObject({ kind: 'browser', writeKey: expect.stringMatching(/^bk_/) });
    expect([await sendWith(writeKey), await sendWith(second.writeKey)]).toEqual([200, 200]);
    const third = await ingest.change(`POST /api/v1/sources/${id}/keys`, { kind: 'secret' });
    expect(await problemOf(third)).toMatchObject({ status: 409, code: 'too-many-keys' });
  });

  test('are invalid after they are ended', async () => {
    const { id, writeKey, keys } = await ingest.aSource();
    expect(await sendWith(writeKey)).toBe(200);
    expect((await ingest.change(`DELETE /api/v1/sources/${id}/keys/${keys[0]!.id}`)).status).toBe(204);
    expect(await sendWith(writeKey)).toBe(401);
    expect((await read(id)).keys).toEqual([]);
  });

  test('are rotated: both are valid for a while', async () => {
    const { id, writeKey, keys } = await ingest.aSource();
    const response = await ingest.change(`POST /api/v1/sources/${id}/keys/${keys[0]!.id}/rotate`, { overlapHours: 1 });
    const next = (await response.json()) as Key;
    expect([response.status, next.kind]).toEqual([201, 'secret']);
    expect([await sendWith(writeKey), await sendWith(next.writeKey)]).toEqual([200, 200]);
    const [old, fresh] = (await read(id)).keys;
    expect(fresh).toMatchObject({ id: next.id, endsAt: null });
    expect(Date.parse(old!.endsAt!) - Date.now()).toBeGreaterThan(3_590_000);
  });

  test('are rotated at once if one has leaked', async () => {
    const { id, writeKey, keys } = await ingest.aSource();
    const response = await ingest.change(`POST /api/v1/sources/${id}/keys/${keys[0]!.id}/rotate`, { overlapHours: 0 });
    const next = (await response.json()) as Key;
    expect([await sendWith(writeKey), await sendWith(next.writeKey)]).toEqual([401, 200]);
  });

  test.each([-0.1, 720.1, '5', null])('cannot overlap for %j hours', async (overlapHours) => {
    const { id, keys } = await ingest.aSource();
    const response = await ingest.change(`POST /api/v1/sources/${id}/keys/${keys[0]!.id}/rotate`, { overlapHours });
    expect(await problemOf(response)).toMatchObject({ status: 400, detail: expect.stringContaining('overlapHours') });
  });

  test('of the configuration can only be changed there', async () => {
    const { items } = (await (await ingest.get('/api/v1/sources')).json()) as { items: MadeSource[] };
    const { id, keys } = items.find(({ name }) => name === 'first')!;
    const path = `/api/v1/sources/${id}/keys/${keys[0]!.id}`;
    for (const response of [await ingest.change(`DELETE ${path}`), await ingest.change(`POST ${path}/rotate`, {})])
      expect(await problemOf(response)).toMatchObject({ status: 409, code: 'key-configured' });
  });
});

describe('the claims of a source', () => {
  const traits = { email: 'ada@example.org', loyaltyCard: '77' };
  const anonymousId = 'visit';

  /** The identifiers of the activity in the stream. */
  async function identifiersWith(key: string, event: object) {
    const messageId = randomUUID();
    await sendWith(key, { messageId, ...event });
    const activities = await ingest.until((all) => all.some((one) => one.messageId === messageId));
    return activities.find((one) => one.messageId === messageId)!.identifiers;
  }

  test('contain all kinds by default, with a secret key', async () => {
    const { writeKey } = await ingest.aSource();
    expect(await identifiersWith(writeKey, { context: { traits } })).toEqual([
      { kind: 'user_id', value: 'ada' },
      { kind: 'loyalty_card', value: '77' },
      { kind: 'email', value: 'ada@example.org' },
    ]);
  });

  test('contain only the account with a browser key: card and email are weak', async () => {
    const { writeKey } = await ingest.aSource({ key: 'browser' });
    expect(await identifiersWith(writeKey, { anonymousId, context: { traits } })).toEqual([
      { kind: 'user_id', value: 'ada' },
      { kind: 'anonymous_id', value: 'visit' },
      { kind: 'loyalty_card', value: '77', isWeak: true },
      { kind: 'email', value: 'ada@example.org', isWeak: true },
    ]);
  });

  test('are those of its settings', async () => {
    const { writeKey } = await ingest.aSource({ claims: ['loyalty_card'] });
    expect(await identifiersWith(writeKey, { context: { traits } })).toEqual([
      { kind: 'loyalty_card', value: '77' },
      { kind: 'user_id', value: 'ada', isWeak: true },
      { kind: 'email', value: 'ada@example.org', isWeak: true },
    ]);
  });

  test('do not allow an event with weak identifiers only', async () => {
    const { writeKey } = await ingest.aSource({ key: 'browser' });
    for (const traits of [{ loyaltyCard: '77' }, { email: 'ada@example.org' }, { phone: '+39 335 1234567' }]) {
      const event = anEvent({ userId: undefined, context: { traits } });
      const response = await ingest.post('/v1/track', JSON.stringify(event), basic(writeKey));
      expect(await response.json()).toMatchObject({ rejected: [{ code: 'identifier-weak' }] });
    }
  });
});

describe('a page', () => {
  const shop = 'https://shop.example';
  const sendFrom = (origin: string, key: string) =>
    ingest.post('/v1/track', JSON.stringify(anEvent({ messageId: randomUUID() })), { ...basic(key), origin });

  test('may send with a browser key from the origins of the source, and from no other', async () => {
    const { id, writeKey } = await ingest.aSource({ key: 'browser', origins: [shop] });
    expect((await sendFrom(shop, writeKey)).status).toBe(200);
    const refused = await problemOf(await sendFrom('https://elsewhere.example', writeKey));
    expect(refused).toMatchObject({ status: 403, code: 'origin-not-allowed' });
    await ingest.change(`PATCH /api/v1/sources/${id}`, { origins: ['https://*.example'] });
    expect((await sendFrom('https://elsewhere.example', writeKey)).status).toBe(200);
  });

  test('may not send with a secret key, from any origin', async () => {
    const { writeKey } = await ingest.aSource({ origins: ['*'] });
    const refused = await problemOf(await sendFrom(shop, writeKey));
    expect(refused).toMatchObject({ status: 403, code: 'secret-key-in-browser' });
  });

  test('has a key that an app without an origin can use, too', async () => {
    const { writeKey } = await ingest.aSource({ key: 'browser', origins: [shop] });
    expect(await sendWith(writeKey)).toBe(200);
  });
});
