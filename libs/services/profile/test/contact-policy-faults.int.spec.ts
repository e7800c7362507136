import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anActivity, user } from './builders.ts';
import { type Service, startProfile } from './service.ts';

let service: Service;
/** A token of a new customer for each test. */
let token = '';
let count = 0;

beforeAll(async () => {
  service = await startProfile();
});
afterAll(() => service.dispose());
beforeEach(async () => {
  const name = `customer-${++count}`;
  await service.publishActivities(anActivity({ identifiers: [user(name)] }));
  const customerId = await service.idOf('user_id', name);
  token = (await service.post('/api/v1/customer-tokens', { customerId })).body.token as string;
});

const path = '/api/v1/customers/me/contact-policy';
const change = (body: object) => service.change(`PUT ${path}`, body, token);
const read = () => service.get(path, token);

describe('a change that cannot be', () => {
  it.each([
    [{ consents: { newsletter: 'granted' } }, 'unknown-purpose', 'offers, personalisation and measurement'],
    [{ consents: { email: 'granted' } }, 'unknown-purpose', 'no purpose `email`'],
    [{ channels: { fax: 'denied' } }, 'unknown-channel', 'email, push, sms, in-app, store, post and call'],
    [{ consents: { offers: true } }, 'bad-consent', 'consents.offers'],
    [{ channels: { email: 'perhaps' } }, 'bad-consent', 'channels.email'],
    [{ quietHours: { from: 22, to: 7 } }, 'time-zone-missing', 'timeZone'],
    [{ quietHours: { from: 22, to: 7 }, timeZone: null }, 'time-zone-missing', 'timeZone'],
    [{ pausedUntil: '2020-01-01' }, 'bad-pause', 'in the future'],
    [{ pausedUntil: '2030-02-30' }, 'bad-pause', 'existing'],
    [{ pausedUntil: '2030-02-30T10:00:00Z' }, 'bad-pause', 'existing'],
    [{ pausedUntil: '2100-01-01' }, 'bad-pause', '10 years'],
    [{ language: 'it-IT-it-it-x1' }, 'bad-language', 'BCP 47'],
  ])('is refused: %j', async (body, code, words) => {
    expect(await change(body)).toMatchObject({
      status: 400,
      body: { code, detail: expect.stringContaining(words) },
    });
    expect((await read()).body).toMatchObject({
      consents: { offers: 'unknown' },
      ...{ quietHours: null, timeZone: null, budget: null, pausedUntil: null, language: null },
    });
  });

  it.each([
    [{ timeZone: 'Mars/Olympus' }],
    [{ timeZone: '+02:00' }],
    [{ timeZone: 'EST' }],
    [{ timeZone: 5 }],
    [{ consents: ['offers'] }],
    [{ consents: 'offers' }],
    [{ quietHours: 'at night' }],
    [{ quietHours: [] }],
    [{ quietHours: { from: 22 } }],
    [{ quietHours: { from: 22, to: 25 } }],
    [{ budget: { most: 1.5, perDays: 7 } }],
    [{ budget: { most: 1, perDays: 7, perWeek: 1 } }],
    [{ pausedUntil: 'tomorrow' }],
    [{ language: 'Italian!' }],
    [{ wording: 'a\u0000b' }],
    [{ colour: 'red' }],
  ])('is refused by its form: %j', async (body) => {
    expect((await change(body)).status).toBe(400);
  });

  it.each([
    ['most', -1, 400],
    ['most', 0, 200],
    ['most', 1, 200],
    ['most', 999, 200],
    ['most', 1_000, 200],
    ['most', 1_001, 400],
    ['perDays', 0, 400],
    ['perDays', 1, 200],
    ['perDays', 2, 200],
    ['perDays', 365, 200],
    ['perDays', 366, 200],
    ['perDays', 367, 400],
  ])('or can, by its limits: a budget with %s %d is %d', async (field, value, status) => {
    expect((await change({ budget: { most: 1, perDays: 7, [field]: value } })).status).toBe(status);
  });
});
