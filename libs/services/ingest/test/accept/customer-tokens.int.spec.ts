import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { anotherEvent } from '../builders.ts';
import { basic, type Ingest, type MadeSource, startIngest } from '../driver.ts';

jest.setTimeout(30_000);

const ada = randomUUID();
const secret = randomBytes(32);
let ingest: Ingest;
let shop: MadeSource;
beforeAll(async () => {
  ingest = await startIngest();
  await ingest.dataSource.query('insert into access.signing_secret (id, secret) values (1, $1)', [secret]);
  shop = await ingest.aSource({ key: 'browser', origins: ['*'] });
});
afterAll(() => ingest.stop());

/** A customer's token (JWT, HS256) that expires after so many seconds. */
function aToken(sub: string, seconds: number, key = secret, more: object = {}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = { ...more, iss: 'sestante', sub, exp: Math.floor(Date.now() / 1_000) + seconds };
  const signed = `${part({ alg: 'HS256' })}.${part(content)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

async function publishedFrom(event: Record<string, unknown>) {
  const all = await ingest.until((activities) => activities.some((one) => one.messageId === event['messageId']));
  const { vouchedBy, tokenOf, isTokenWeak, violations } = all.find((one) => one.messageId === event['messageId'])!;
  return { vouchedBy, tokenOf, isTokenWeak, violations: violations?.map(({ code }) => code) };
}

async function sent(event: Record<string, unknown>, headers: Record<string, string> = {}, key = shop.writeKey) {
  const response = await ingest.post('/v1/batch', JSON.stringify({ batch: [event] }), { ...basic(key), ...headers });
  expect(response.status).toBe(200);
  return publishedFrom(event);
}

const ofAda = { vouchedBy: 'customer', tokenOf: ada, violations: undefined };
const ofPage = { vouchedBy: 'page', tokenOf: undefined, violations: undefined };

describe('the token of a customer', () => {
  test('travels in a header, for all events of the request', async () => {
    expect(await sent(anotherEvent(), { 'x-customer-token': aToken(ada, 60) })).toEqual(ofAda);
    const event = anotherEvent();
    const headers = { ...basic(shop.writeKey), 'x-customer-token': aToken(ada, 60) };
    await ingest.post('/v1/track', JSON.stringify(event), headers);
    expect(await publishedFrom(event)).toEqual(ofAda);
  });

  test('travels in the context of an event, which comes before the header', async () => {
    const event = anotherEvent({ context: { customerToken: aToken(ada, 60) } });
    expect(await sent(event, { 'x-customer-token': aToken(randomUUID(), 60) })).toEqual(ofAda);
  });

  test('travels with a CloudEvent', async () => {
    const id = randomUUID();
    const event = {
      specversion: '1.0',
      id,
      source: '/page',
      type: 'product.viewed',
      subject: 'user_id:ada',
      data: { product_id: 'p-1' },
    };
    const headers = { ...basic(shop.writeKey), 'x-customer-token': aToken(ada, 60) };
    await ingest.post('/api/v1/cloudevents', JSON.stringify(event), headers);
    expect(await publishedFrom({ messageId: `/page#${id}` })).toEqual(ofAda);
  });

  test.each([
    ['forged', () => aToken(ada, 60, randomBytes(32))],
    ['expired', () => aToken(ada, -60)],
    ['no token at all', () => 'ada'],
  ])('is worth nothing if it is %s, and the event counts as one of a page', async (_what, token) => {
    const event = anotherEvent({ context: { customerToken: token() } });
    expect(await sent(event)).toEqual({ ...ofPage, violations: ['token-invalid'] });
  });

  test('is not needed by a secret key', async () => {
    const { writeKey } = await ingest.aSource();
    const event = anotherEvent({ context: { customerToken: 'invalid' } });
    expect(await sent(event, {}, writeKey)).toEqual({ ...ofPage, vouchedBy: 'secret' });
  });

  test('is stored nowhere, and a rejected event that is sent again later keeps its word', async () => {
    const token = aToken(ada, 60);
    const source = await ingest.aSource({ key: 'browser', isStrict: true });
    const event = anotherEvent({ properties: {}, context: { customerToken: token } });
    await ingest.post('/v1/batch', JSON.stringify({ batch: [event] }), basic(source.writeKey));
    const [row] = await ingest.dataSource.query<{ body: Buffer; token_of: string; persons: string[] }[]>(
      'select body, token_of, persons from ingest.rejected where source_id = $1',
      [source.id],
    );
    expect(row!.body.toString()).toContain(event['messageId']);
    expect(row!.body.toString()).not.toContain(token.slice(0, 20));
    expect(row!.token_of).toBe(ada);
    expect(row!.persons).toContain(`customer:${ada}`);
    await ingest.change(`PATCH /api/v1/sources/${source.id}`, { isStrict: false });
    const redriven = await ingest.change('POST /api/v1/rejected/redrive', { sourceId: source.id });
    expect(await redriven.json()).toMatchObject({ accepted: 1 });
    expect(await publishedFrom(event)).toEqual({ ...ofAda, violations: ['field-missing'] });
  });

  test('of a visitor stays one of a visitor, also when its rejected event is sent again later', async () => {
    const token = aToken(ada, 60, secret, { weak: true });
    const ofVisitor = { ...ofAda, isTokenWeak: true };
    expect(await sent(anotherEvent({ context: { customerToken: token } }))).toEqual(ofVisitor);
    const source = await ingest.aSource({ key: 'browser', isStrict: true });
    const event = anotherEvent({ properties: {}, context: { customerToken: token } });
    await ingest.post('/v1/batch', JSON.stringify({ batch: [event] }), basic(source.writeKey));
    await ingest.change(`PATCH /api/v1/sources/${source.id}`, { isStrict: false });
    await ingest.change('POST /api/v1/rejected/redrive', { sourceId: source.id });
    expect(await publishedFrom(event)).toMatchObject({ ...ofVisitor, violations: ['field-missing'] });
  });
});
