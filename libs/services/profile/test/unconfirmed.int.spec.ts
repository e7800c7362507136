import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mostPartners } from '@sestante/identity';
import { anActivity, minutesAfterNoon, user, visitor } from './builders.ts';
import { type Service, startProfile } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startProfile();
  await service.publishActivities(
    anActivity({ identifiers: [user('paula')], vouchedBy: 'page', traits: { name: 'Paula Page' } }),
    anActivity({ identifiers: [user('sara')], traits: { name: 'Sara Server' } }),
    anActivity({ identifiers: [user('sara')], vouchedBy: 'page', timestamp: minutesAfterNoon(1) }),
  );
});
afterAll(() => service.dispose());

describe('a customer whom nobody but pages knows', () => {
  it.each([
    ['paula', 'Paula', true],
    ['sara', 'Sara', false],
  ])('is marked: %s', async (account, name, isUnconfirmed) => {
    const id = await service.idOf('user_id', account);
    expect((await service.get(`/api/v1/customers/${id}`)).body).toMatchObject({ customerId: id, isUnconfirmed });
    const { body } = await service.get(`/api/v1/customers?query=${name}`);
    expect(body.items).toMatchObject([{ customerId: id, isUnconfirmed }]);
    const graph = await service.get(`/api/v1/customers/${id}/identity`);
    expect(graph.body.members).toMatchObject([{ isConfirmed: !isUnconfirmed }]);
  });
});

describe('the timeline', () => {
  it('says who vouches for each activity', async () => {
    const id = await service.idOf('user_id', 'sara');
    const { body } = await service.get(`/api/v1/customers/${id}/timeline`);
    expect(body.items.map(({ vouchedBy }: { vouchedBy: string }) => vouchedBy)).toEqual(['page', 'secret']);
  });
});

describe('an identifier that was found to be shared', () => {
  const members = async () => {
    const id = await service.idOf('user_id', 'boss');
    return (await service.get(`/api/v1/customers/${id}/identity`)).body.members as {
      memberId: string;
      isShared: boolean;
    }[];
  };

  it('gets its links back when somebody decides that it is one person, and that is audited', async () => {
    const browsers = Array.from({ length: mostPartners.anonymous_id + 1 }, (_, nth) => visitor(`boss-${nth}`));
    await service.publishActivities(...browsers.map((one) => anActivity({ identifiers: [user('boss'), one] })));
    const [boss, ...others] = await members();
    expect([boss!.isShared, others.length]).toEqual([true, 0]);
    const { status, body } = await service.change(`DELETE /api/v1/identity/shared/${boss!.memberId}`);
    expect({ status, body }).toEqual({ status: 200, body: { memberId: boss!.memberId, customerId: boss!.memberId } });
    expect(await members()).toHaveLength(browsers.length + 1);
    await service.publishActivities(anActivity({ identifiers: [user('boss'), visitor('one more')] }));
    expect(await members()).toHaveLength(browsers.length + 2);
    const audit = await service.get('/api/v1/audit?action=identifier.unlimited');
    expect(audit.body.items).toMatchObject([{ customerId: boss!.memberId }]);
    expect((await service.change(`DELETE /api/v1/identity/shared/${boss!.memberId}`)).status).toBe(404);
  });

  it('is decided by administrators only', async () => {
    const id = await service.idOf('user_id', 'sara');
    const marketing = await service.keyOf('marketing');
    expect((await service.change(`DELETE /api/v1/identity/shared/${id}`, undefined, marketing)).status).toBe(403);
  });
});
