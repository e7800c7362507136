import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataSourceOf, transaction } from '@sestante/postgres';
import { eventually } from '@sestante/streaming/testing';
import { migrations } from '../../src/store/migrations.ts';
import { anActivity, user, visitor } from '../builders.ts';
import { type Service, startProfile } from '../service.ts';
import { exportsOf } from './export-driver.ts';

let service: Service;
beforeAll(async () => {
  service = await startProfile();
});
afterAll(() => service.dispose());

const { request, progress, answer, untilOwn } = exportsOf(() => service);

const aCustomer = async (account: string) => {
  await service.publishActivities(anActivity({ identifiers: [user(account)] }));
  return service.idOf('user_id', account);
};
const ask = (customerId: string, credential?: string) =>
  service.post(`/api/v1/customers/${customerId}/exports`, undefined, credential);

describe('a request for an export', () => {
  it('finds nobody if the customer is erased at the same time', async () => {
    const ada = await aCustomer('ada');
    const dataSource = dataSourceOf({ url: service.databaseUrl, schema: 'profile', migrations });
    await dataSource.initialize();
    const asked = await transaction(dataSource, async (client) => {
      await client.query('select from profile.member where member_id = $1 for update', [ada]);
      const response = ask(ada);
      await eventually(async () => {
        const waiting = await service.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        if (waiting.length === 0) throw new Error('The request does not wait for the lock yet.');
      });
      await client.query('delete from profile.member where member_id = $1', [ada]);
      return { response };
    });
    await dataSource.destroy();
    expect(await asked.response).toMatchObject({ status: 410, body: { code: 'customer-erased' } });
    expect(await service.query('select from profile.export where customer_id = $1', [ada])).toEqual([]);
  });
});

describe('the exports of a customer within an hour', () => {
  it.each([
    ['some seconds before the hour is over', 3_595, 429],
    ['when it is over', 3_600, 202],
    ['a second later', 3_601, 202],
  ])('are three: a fourth %s', async (_, seconds, status) => {
    const customerId = await aCustomer(`hourly-${seconds}`);
    for (let count = 1; count <= 3; count += 1) {
      const { body } = await ask(customerId);
      await service.change(`DELETE /api/v1/exports/${body.exportId}`);
    }
    await service.query(
      'update profile.export set requested_at = now() - make_interval(secs => $2) where customer_id = $1',
      [customerId, seconds],
    );
    expect((await ask(customerId)).status).toBe(status);
  });

  it.each([2, 3, 4])('are three, also if each was cancelled: of %d, the fourth is refused', async (count) => {
    const customerId = await aCustomer(`cancelled-${count}`);
    const statuses: number[] = [];
    for (let made = 1; made <= count; made += 1) {
      const { status, body } = await ask(customerId);
      statuses.push(status);
      if (status === 202) await service.change(`DELETE /api/v1/exports/${body.exportId}`);
    }
    expect(statuses).toEqual([202, 202, 202, 429].slice(0, count));
  });

  it('are told when to ask again, and do not hinder another customer', async () => {
    const customerId = await aCustomer('eager');
    for (let made = 1; made <= 3; made += 1)
      await service.change(`DELETE /api/v1/exports/${(await ask(customerId)).body.exportId}`);
    const response = await fetch(`${service.url}/api/v1/customers/${customerId}/exports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await service.keyOf('clerk')}` },
    });
    expect(response.status).toBe(429);
    expect(await response.json()).toMatchObject({ code: 'rate-limited' });
    const seconds = Number(response.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(3_500);
    expect(seconds).toBeLessThanOrEqual(3_600);
    expect((await ask(await aCustomer('another'))).status).toBe(202);
  });
});

describe('an export of a customer whose identifiers change while it is collected', () => {
  const partsOf = (exportId: string) =>
    service.query('select from profile.export_part where export_id = $1', [exportId]);

  it('is cancelled if the customer is merged with another one, and has nothing of either', async () => {
    const [bea, cleo] = [await aCustomer('bea'), await aCustomer('cleo')];
    const exportId = await request(bea);
    await untilOwn(exportId);
    const merge = { customerId: cleo, reason: 'a test' };
    const { mergeId } = (await service.post(`/api/v1/customers/${bea}/merges`, merge)).body;
    expect((await progress(exportId)).status).toBe('collecting');
    await answer(exportId, ['scoring']);
    expect((await progress(exportId)).status).toBe('cancelled');
    expect(await partsOf(exportId)).toEqual([]);
    await service.change(`DELETE /api/v1/customers/${bea}/merges/${mergeId}`);
    await answer(exportId);
    expect((await progress(exportId)).status).toBe('cancelled');
  });

  it('is cancelled if a browser joins the customer', async () => {
    const exportId = await request(await aCustomer('dora'));
    await untilOwn(exportId);
    await service.publishActivities(anActivity({ identifiers: [user('dora'), visitor('d-1')] }));
    await answer(exportId);
    expect((await progress(exportId)).status).toBe('cancelled');
    expect(await partsOf(exportId)).toEqual([]);
  });

  it('stays if they change after every service has answered', async () => {
    const exportId = await request(await aCustomer('emil'));
    await untilOwn(exportId);
    await answer(exportId);
    await service.publishActivities(anActivity({ identifiers: [user('emil'), visitor('e-1')] }));
    expect((await progress(exportId)).status).toBe('ready');
  });
});
