import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aMove, anActOf, idOf, iso, minute, unknown, yes } from './builders.ts';
import { storeOffers } from './store-offers.ts';
import { type Service, startOffers } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startOffers();
});
afterAll(() => service.dispose());

const get = (name: string, what: string) => service.get(`/api/v1/customers/${idOf(name)}/${what}`);
/** An activity of a customer that happened just now and changed a score. */
const aMoveAfter = (name: string, activity: string, over: Parameters<typeof aMove>[1] = {}) =>
  aMove(name, { name: activity, timestamp: iso(Date.now()), ...over });

describe('a broken promise to a customer', () => {
  it('leads to an apology, with its reason, its terms and its end', async () => {
    await service.publishScores(aMoveAfter('ada', 'promise.broken'));
    const { status, body } = await get('ada', 'offers');
    expect(status).toBe(200);
    expect(body.items).toEqual([
      {
        offerId: expect.any(String),
        code: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{10}$/),
        template: 'apology-with-a-call',
        kind: 'relational',
        element: 'trust',
        title: 'We are sorry. May we call you and put it right?',
        reason: expect.stringContaining('we did not keep a promise we had made to you'),
        terms: expect.any(String),
        madeAt: expect.stringMatching(/Z$/),
        endsAt: expect.stringMatching(/Z$/),
        status: 'made',
      },
    ]);
    const [{ madeAt, endsAt }] = body.items;
    expect(Date.parse(endsAt) - Date.parse(madeAt)).toBe(14 * 24 * 60 * minute);
  });

  it('stops commercial offers until the apology is accepted', async () => {
    await service.publishScores(aMoveAfter('bea', 'coupon.denied', { standing: { ...yes, openApology: true } }));
    expect((await get('bea', 'decisions')).body.items[0].reasons).toContain(
      'next-order-discount: an apology to the customer is due',
    );
    await service.publishScores(aMoveAfter('bea', 'coupon.denied'));
    expect((await get('bea', 'offers')).body.items).toMatchObject([{ template: 'next-order-discount' }]);
  });
});

describe('the offers of a customer', () => {
  it('are empty for an unknown customer', async () => {
    expect(await get('nobody', 'offers')).toEqual({ status: 200, body: { items: [] } });
  });

  it('are sorted from newest to oldest, up to the limit', async () => {
    await storeOffers(service, 'cleo', 12);
    const titlesOf = async (query: string) =>
      (await get('cleo', `offers${query}`)).body.items.map(({ title }: { title: string }) => title);
    expect(await titlesOf('?limit=3')).toEqual(['title 12', 'title 11', 'title 10']);
    expect(await titlesOf('')).toHaveLength(12);
    expect(await titlesOf('?limit=500')).toHaveLength(12);
  });

  it.each(['-1', '0', '501', '1.5', 'ten', ''])('are not returned for the limit %j', async (limit) => {
    expect((await get('cleo', `offers?limit=${limit}`)).status).toBe(400);
  });

  it.each([
    ['made', 'expired'],
    ['seen', 'expired'],
    ['accepted', 'expired'],
    ['dismissed', 'dismissed'],
    ['refused', 'refused'],
    ['redeemed', 'redeemed'],
  ])('that were %s are %s after their end', async (before, after) => {
    const name = `expired ${before}`;
    await storeOffers(service, name, 2);
    const { body } = await get(name, 'offers');
    await service.query(`update offers.offer set status = $2, ends_at = now() where offer_id = $1`, [
      body.items[0].offerId,
      before,
    ]);
    expect((await get(name, 'offers')).body.items).toMatchObject([{ status: after }, { status: 'made' }]);
  });

  it('have the status that the customer answered', async () => {
    await service.publishScores(aMoveAfter('dora', 'promise.broken'));
    const [{ offerId }] = (await get('dora', 'offers')).body.items;
    await service.publishActivities(anActOf('dora', { name: 'offer.accepted', properties: { offer_id: offerId } }));
    expect((await get('dora', 'offers')).body.items).toMatchObject([{ status: 'accepted' }]);
  });
});

describe('the decisions for a customer', () => {
  it('have every candidate with its gates, also if no offer was made', async () => {
    await service.publishScores(aMoveAfter('edith', 'coupon.denied', { standing: unknown }));
    const { status, body } = await get('edith', 'decisions');
    expect(status).toBe(200);
    expect(body.items).toEqual([
      {
        decisionId: expect.any(String),
        result: 'no-deal',
        cause: expect.objectContaining({ name: 'coupon.denied', channel: 'store' }),
        reasons: ['next-order-discount: consent to offers is unknown; consent to personalisation is unknown'],
        policyVersion: 1,
        decidedAt: expect.stringMatching(/Z$/),
        candidates: expect.any(Array),
      },
    ]);
    const gatesOf = (template: string) =>
      body.items[0].candidates.find((candidate: { template: string }) => candidate.template === template).gates;
    expect(body.items[0].candidates).toHaveLength(3);
    expect(gatesOf('next-order-discount')).toHaveLength(14);
    expect(gatesOf('next-order-discount')).toContainEqual({
      gate: 'consent',
      passed: false,
      reason: 'consent to offers is unknown; consent to personalisation is unknown',
    });
    expect(gatesOf('apology-with-a-call')).toEqual([
      { gate: 'trigger', passed: false, reason: 'the template is not triggered by coupon.denied' },
    ]);
  });

  it.each([1, 2, 3, 5])('are returned once each, newest first, with pages of %d', async (limit) => {
    const name = `decided in pages of ${limit}`;
    const moves = Array.from({ length: 5 }, () => aMoveAfter(name, 'coupon.denied'));
    await service.publishScores(...moves.slice(0, 2));
    await service.publishScores(...moves.slice(2));
    const seen: { cause: { activityId: string } }[] = [];
    let answer = await get(name, `decisions?limit=${limit}`);
    for (; ; answer = await get(name, `decisions?limit=${limit}&before=${answer.body.next}`)) {
      seen.push(...answer.body.items);
      if (answer.body.next === null) break;
    }
    const newestFirst = moves.map(({ activityId }) => activityId).toReversed();
    expect(seen.map(({ cause }) => cause.activityId)).toEqual(newestFirst);
  });

  it('are not returned on a page of another customer', async () => {
    await service.publishScores(aMoveAfter('fay', 'coupon.denied'), aMoveAfter('gail', 'coupon.denied'));
    const [{ decisionId }] = (await get('fay', 'decisions')).body.items;
    expect((await get('gail', `decisions?before=${decisionId}`)).body).toEqual({ items: [], next: null });
  });

  it.each(['?before=x', '?before=', '?limit=0', '?limit=501', '?limit=-1', '?sort=customer_id'])(
    'are not returned for %s',
    async (query) => {
      expect((await get('fay', `decisions${query}`)).status).toBe(400);
    },
  );
});

describe('the right to read', () => {
  it.each([
    ['marketing', 200, 200],
    ['clerk', 200, 200],
    ['app', 200, 403],
  ])('of a key with the role %s: offers %d, decisions %d', async (role, offers, decisions) => {
    const key = await service.keyOf(role);
    const path = `/api/v1/customers/${idOf('ada')}`;
    expect((await service.get(`${path}/offers`, key)).status).toBe(offers);
    expect((await service.get(`${path}/decisions`, key)).status).toBe(decisions);
  });

  it.each(['offers', 'decisions', 'offers/stream'])('needs a customer id that is a UUID: %s', async (what) => {
    expect((await service.get(`/api/v1/customers/ada/${what}`)).status).toBe(400);
  });
});

describe('the templates', () => {
  it('are the live ones, and with the name of an activity those that answer it', async () => {
    const namesOf = async (query: string) =>
      (await service.get(`/api/v1/templates${query}`)).body.items.map(({ template }: { template: string }) => template);
    expect(await namesOf('')).toHaveLength(3);
    expect(await namesOf('?answers=promise.broken')).toEqual(['apology-with-a-call']);
    expect(await namesOf('?answers=page.viewed')).toEqual([]);
  });

  it('have their audience as a rule', async () => {
    const { items } = (await service.get('/api/v1/templates?answers=coupon.denied')).body;
    const { audience } = items[0];
    expect(audience.any[0]).toEqual({ field: 'value.drop', operator: 'above', value: 0 });
  });

  it.each(['', 'x'.repeat(129)])('are not returned for the name %j', async (name) => {
    expect((await service.get(`/api/v1/templates?answers=${name}`)).status).toBe(400);
  });
});

describe('GET stats', () => {
  it('counts decisions and offers', async () => {
    const { decisions, offers } = (await service.get('/api/v1/stats')).body;
    await service.publishScores(
      aMoveAfter('hana', 'promise.broken'),
      aMoveAfter('hana', 'coupon.denied', { standing: unknown }),
    );
    await service.publishScores(aMoveAfter('hana', 'page.viewed'));
    expect((await service.get('/api/v1/stats')).body).toMatchObject({ decisions: decisions + 2, offers: offers + 1 });
  });
});

describe('the months of decisions', () => {
  it('are prepared when the service starts: this one and the next', async () => {
    const now = new Date();
    const months = [0, 1].map((ahead) => iso(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead)).slice(0, 7));
    const partitions = await service.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'offers.decision'::regclass order by name`,
    );
    expect(partitions.map(({ name }) => name)).toEqual(
      months.map((month) => `offers.decision_y${month.replace('-', 'm')}`),
    );
  });
});
