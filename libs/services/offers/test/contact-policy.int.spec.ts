import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startOffers, type Service } from './service.ts';
import { aMove, idOf, iso } from './builders.ts';
import { offersDriver } from './driver.ts';

const path = '/api/v1/contact-policy';
const first = { perDays: 7, most: 2, staleAfterHours: 24, holdoutShare: 0 };
const quietAllDay = { from: 0, to: 24, timeZone: 'Europe/Rome' };

let service: Service;
beforeAll(async () => {
  service = await startOffers();
});
afterAll(() => service.dispose());

const change = (policy: unknown, credential?: string) => service.change(`PUT ${path}`, policy, credential);
const versionNow = async () => (await service.get(path)).body.version as number;
/** The decisions for a customer after a coupon was denied just now. */
const decisionsAfter = async (name: string) => {
  await service.publishScores(aMove(name, { timestamp: iso(Date.now()) }));
  return (await service.get(`/api/v1/customers/${idOf(name)}/decisions`)).body.items as {
    result: string;
    reasons: string[];
    policyVersion: number;
  }[];
};

describe('the contact policy', () => {
  it('is at first the default one, without an author', async () => {
    expect(await service.get(path)).toEqual({
      status: 200,
      body: { version: 1, policy: first, changedAt: expect.stringMatching(/Z$/), changedBy: null },
    });
  });

  it('can be replaced; the response has the author and the time, and earlier versions remain', async () => {
    const policy = { ...first, quietHours: { from: 21, to: 8, timeZone: 'Europe/Rome' } };
    const key = await service.keyOf('marketing');
    const changed = await change(policy, key);
    expect(changed).toEqual({
      status: 200,
      body: {
        version: 2,
        policy,
        changedAt: expect.stringMatching(/Z$/),
        changedBy: { keyId: expect.any(String), name: 'a test of marketing' },
      },
    });
    expect(await service.get(path)).toEqual(changed);
    expect((await service.get(`${path}?version=1`)).body.policy).toEqual(first);
    expect((await service.get(`${path}?version=2`)).body.policy).toEqual(policy);
  });

  it('has no new version if the new policy equals the current one', async () => {
    const before = (await service.get(path)).body;
    expect((await change(before.policy)).body).toEqual(before);
  });

  it('has one version for each of several simultaneous changes', async () => {
    const before = await versionNow();
    const changes = [3, 4, 5, 6].map((most) => change({ ...first, most }));
    const versions = (await Promise.all(changes)).map(({ body }) => body.version as number);
    expect(versions.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4].map((step) => before + step));
  });
});

describe('the next decision', () => {
  afterEach(() => change(first));

  it('follows the current policy, and has its version', async () => {
    await change(first);
    const [made] = await decisionsAfter('ada');
    expect(made).toMatchObject({ result: 'offer', policyVersion: await versionNow() });

    const { body } = await change({ ...first, quietHours: quietAllDay });
    const [withheld] = await decisionsAfter('bea');
    expect(withheld).toMatchObject({ result: 'no-deal', policyVersion: body.version });
    expect(withheld!.reasons.join()).toMatch(/quiet/i);
  });

  it('follows the contact budget of the current policy', async () => {
    await change({ ...first, most: 0 });
    expect(await decisionsAfter('cleo')).toMatchObject([{ result: 'no-deal' }]);
    await change({ ...first, most: 1 });
    expect(await decisionsAfter('cleo')).toMatchObject([{ result: 'offer' }, { result: 'no-deal' }]);
  });
});

describe('a change in one process', () => {
  it('applies to the next decision of every other process', async () => {
    const driver = await offersDriver();
    try {
      const other = await driver.another();
      const move = (name: string) => aMove(name, { timestamp: iso(Date.now()) });
      expect(await other.decide(move('ada'))).toMatchObject([{ event: 'OfferMade' }]);
      await driver.changePolicy({ ...first, most: 0 });
      expect(await other.decide(move('bea'))).toMatchObject([{ event: 'OfferWithheld' }]);
    } finally {
      await driver.close();
    }
  });
});

describe('an invalid contact policy', () => {
  it('is rejected with all of its faults, and changes nothing', async () => {
    const before = (await service.get(path)).body;
    const { status, body } = await change({ perDays: 0, most: '2', quietHours: { from: 25 }, quiet: true });
    expect([status, body.code]).toEqual([400, 'policy-invalid']);
    expect(body.detail.split('; ')).toEqual([
      'quiet: is not a known field',
      'perDays: must be a whole number from 1 to 3650',
      'most: must be a whole number from 0 to 1000',
      'quietHours.from: must be a number from 0 to 24',
      'quietHours.to: is missing',
      'quietHours.timeZone: is missing',
      'staleAfterHours: is missing',
      'holdoutShare: is missing',
    ]);
    expect((await service.get(path)).body).toEqual(before);
  });

  it.each([19, 20, 21])('with %d faults is answered with the first 20 and the number of the others', async (count) => {
    const unknown = Object.fromEntries(Array.from({ length: count }, (_, index) => [`field${index}`, 0]));
    const faults = (await change({ ...first, ...unknown })).body.detail.split('; ');
    expect(faults).toHaveLength(Math.min(count, 20) + (count > 20 ? 1 : 0));
    if (count > 20) expect(faults.at(-1)).toBe('and 1 more');
  });

  it.each([[undefined], [null], [[]], [[first]], ['often'], [7]])('such as %j is rejected', async (document) => {
    expect(await change(document)).toMatchObject({ status: 400 });
  });

  it.each([
    ['perDays', [0, 1, 2], [400, 200, 200]],
    ['perDays', [3_649, 3_650, 3_651], [200, 200, 400]],
    ['most', [-1, 0, 1], [400, 200, 200]],
    ['most', [999, 1_000, 1_001], [200, 200, 400]],
    ['staleAfterHours', [0, 1, 2], [400, 200, 200]],
    ['staleAfterHours', [8_783, 8_784, 8_785], [200, 200, 400]],
    ['holdoutShare', [-0.01, 0, 0.01], [400, 200, 200]],
    ['holdoutShare', [0.99, 1, 1.01], [200, 200, 400]],
  ])('with %s of %j is answered with %j', async (field, values, statuses) => {
    const responses = [];
    for (const value of values) responses.push((await change({ ...first, [field]: value })).status);
    expect(responses).toEqual(statuses);
  });
});

describe('a version', () => {
  it.each([
    ['0', 400],
    ['1', 200],
    ['2147483647', 404],
    ['2147483648', 400],
    ['-1', 400],
    ['1.5', 400],
    ['last', 400],
    ['', 400],
  ])('%j is answered with %d', async (version, status) => {
    expect((await service.get(`${path}?version=${version}`)).status).toBe(status);
  });
});

describe('the right to read and change', () => {
  it.each([
    ['admin', 200, 200],
    ['marketing', 200, 200],
    ['clerk', 200, 403],
    ['app', 403, 403],
  ])('of a key with the role %s: read %d, change %d', async (role, read, changed) => {
    const key = await service.keyOf(role);
    expect((await service.get(path, key)).status).toBe(read);
    expect((await change(first, key)).status).toBe(changed);
  });
});
