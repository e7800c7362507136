import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskedPage, findCustomers } from '../../src/customers/find-customers.ts';
import { readScores } from '../../src/read-model/read-scores.ts';
import { elementSumColumns } from '../../src/store/score-columns.ts';
import { anActOf } from '../builders.ts';
import { type Driver, scoringDriver } from '../driver.ts';
import { followDriver } from '../read-model/follow-driver.ts';

/** So many that a sample of them says where a page ends. */
const count = 20_000;

let driver: Driver;
beforeAll(async () => {
  driver = await scoringDriver();
  await followDriver(driver).follow(driver, anActOf('one', { name: 'promise.kept' }));
  const { modelId } = await driver.live.read();
  const [row] = await driver.query<{ names: string }>(
    `select string_agg(quote_ident(column_name), ', ') as names from information_schema.columns
      where table_schema = 'scoring' and table_name = 'customer_score' and column_name <> all($1)`,
    [['customer_id', ...elementSumColumns]],
  );
  const sums = elementSumColumns.map((name) => `${name} + ${name.endsWith('_weight') ? 1 : `random()`}`);
  await driver.query(
    `insert into scoring.customer_score_${modelId} (customer_id, ${elementSumColumns.join(', ')}, ${row!.names})
     select gen_random_uuid(), ${sums.join(', ')}, ${row!.names} from scoring.customer_score_${modelId}, generate_series(1, ${count})`,
  );
});
afterAll(() => driver.close());

const at = Date.now();
const pageOf = (asked: Partial<AskedPage>) =>
  readScores(driver.dataSource, driver.live, ({ client, rows }) =>
    findCustomers(client, rows!, { sort: 'trust.mood', order: 'asc', limit: 50, at, ...asked }),
  );
const keysOf = ({ items }: Awaited<ReturnType<typeof pageOf>>) => items.map((item) => item.elements.trust.mood);
const idsOf = ({ items }: Awaited<ReturnType<typeof pageOf>>) => items.map(({ customerId }) => customerId);

describe('a page of very many customers', () => {
  it.each(['asc', 'desc'] as const)(
    'has the first ones of all, %s, and the next page those after them',
    async (order) => {
      const whole = await pageOf({ order, limit: count + 1 });
      expect(whole).toMatchObject({ next: undefined });
      expect(whole.items).toHaveLength(count + 1);
      const first = await pageOf({ order });
      const second = await pageOf({ order, after: first.next });
      expect([...idsOf(first), ...idsOf(second)]).toEqual(idsOf(whole).slice(0, 100));
      const keys = keysOf(whole);
      expect(keys).toEqual(keys.toSorted((one, other) => (order === 'asc' ? one! - other! : other! - one!)));
    },
  );

  it('is whole when it reaches beyond the bound of the sample', async () => {
    const whole = await pageOf({ limit: count + 1 });
    const page = await pageOf({ limit: count - 10 });
    expect(idsOf(page)).toEqual(idsOf(whole).slice(0, count - 10));
  });
});
