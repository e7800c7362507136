import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataSourceOf, transaction } from '@sestante/postgres';
import { eventually } from '@sestante/streaming/testing';
import { migrations } from '../../src/store/migrations.ts';
import { anActivity, user } from '../builders.ts';
import { type Service, startProfile } from '../service.ts';

let service: Service;
beforeAll(async () => {
  service = await startProfile();
});
afterAll(() => service.dispose());

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
