import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkActivity, nameOfTitle } from '@sestante/contracts';
import { folderFrom, readJourney } from './journey.ts';

const transactions =
  'household_id,store_id,basket_id,product_id,quantity,sales_value,retail_disc,coupon_disc,coupon_match_disc,week,transaction_timestamp';
const coupons = 'household_id,coupon_upc,campaign_id,redemption_date';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journey-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lines = (...all: string[]) => gzipSync(all.join('\r\n') + '\r\n');

function given(files: { receipts?: string[]; redeemed?: string[] }) {
  const { receipts = ['7,309,b1,p1,1.0,2.5,0,0,0,5,2017-01-28T19:06:53Z'], redeemed = ['7,c1,26,2017-01-28'] } = files;
  writeFileSync(join(folder, 'transactions_sample.csv.gz'), lines(transactions, ...receipts));
  writeFileSync(join(folder, 'coupon_redemptions.csv.gz'), lines(coupons, ...redeemed));
}

describe('a folder with the data of the grocer', () => {
  it('gives one order for all lines of a basket, in any order', async () => {
    given({
      receipts: [
        '7,309,b1,p1,2.0,5.0,0.5,0.25,0.1,5,2017-01-28T19:06:53Z',
        '8,309,b2,p1,1.0,2.5,0,0,0,5,2017-01-29T08:00:00Z',
        '7,309,b1,p2,0,0.1,0.2,0,0,5,2017-01-28T19:06:53Z',
      ],
    });
    const orders = (await readJourney(folder)).filter(({ event }) => event.event === 'Order Completed');
    expect(orders).toHaveLength(2);
    expect(orders[0]?.event).toEqual({
      type: 'track',
      event: 'Order Completed',
      messageId: 'complete-journey:order:b1',
      timestamp: '2017-01-28T19:06:53Z',
      context: {
        channel: 'store',
        externalIds: [{ id: '7', type: 'loyalty_card', collection: 'users', encoding: 'none' }],
      },
      properties: {
        order_id: 'b1',
        store_id: '309',
        currency: 'USD',
        revenue: 5.1,
        discount: 1.05,
        discounts: { card: 0.7, coupon: 0.25, coupon_match: 0.1 },
        products: [
          { product_id: 'p1', quantity: 2, price: 2.5 },
          { product_id: 'p2', quantity: 0, price: 0.1 },
        ],
      },
    });
  });

  it('puts a coupon at midnight of its day, and sorts all events by time', async () => {
    given({ redeemed: ['7,c1,26,2017-01-29', '9,c1,26,2017-01-28'] });
    const journey = await readJourney(folder);
    expect(journey.map(({ household, event }) => [household, event.event, event.timestamp])).toEqual([
      ['9', 'Coupon Applied', '2017-01-28T00:00:00.000Z'],
      ['7', 'Order Completed', '2017-01-28T19:06:53Z'],
      ['7', 'Coupon Applied', '2017-01-29T00:00:00.000Z'],
    ]);
  });

  it('gives events of the vocabulary without violations', async () => {
    given({});
    for (const { event } of await readJourney(folder)) {
      const { properties = {} } = event;
      expect(checkActivity(nameOfTitle(event.event!)!, properties)).toEqual({ properties, violations: [] });
    }
  });

  it('has no coupons without their file', async () => {
    given({});
    rmSync(join(folder, 'coupon_redemptions.csv.gz'));
    expect((await readJourney(folder)).map(({ event }) => event.event)).toEqual(['Order Completed']);
  });

  it('gives an event the same id in every replay', async () => {
    given({});
    const ids = async () => (await readJourney(folder)).map(({ event }) => event.messageId);
    expect(await ids()).toEqual(await ids());
  });
});

describe('invalid data is reported with file and line', () => {
  it.each([
    [
      'a value that is not a number',
      { receipts: ['7,309,b1,p1,x,2.5,0,0,0,5,2017-01-28T19:06:53Z'] },
      /line 2: quantity must be a number, got "x"/,
    ],
    ['a value that is not a time', { receipts: ['7,309,b1,p1,1,2.5,0,0,0,5,yesterday'] }, /line 2: .* got "yesterday"/],
    [
      'a missing value',
      { redeemed: ['7,c1,26,2017-01-28', ',c1,26,2017-01-28'] },
      /line 3: household_id must not be empty/,
    ],
    [
      'a line that is too short',
      { redeemed: ['7,c1,26,2017-01-28', '7,c1'] },
      /^coupon_redemptions.csv.gz, line 3: .*length/,
    ],
    ['an unclosed quote', { redeemed: ['7,c1,26,2017-01-28', '"7,c1,26,2017-01-28'] }, /line 3: Quote Not Closed/],
    [
      'a basket of two households',
      {
        receipts: ['7,309,b1,p1,1,2.5,0,0,0,5,2017-01-28T19:06:53Z', '8,309,b1,p1,1,2.5,0,0,0,5,2017-01-28T19:06:53Z'],
      },
      /line 3: basket b1 belongs to household 7/,
    ],
    [
      'a duplicate coupon',
      { redeemed: ['7,c1,26,2017-01-28', '7,c1,26,2017-01-28'] },
      /complete-journey:coupon:7:c1:26:2017-01-28 occurs twice/,
    ],
    ['no lines', { redeemed: [] }, /^coupon_redemptions.csv.gz has no rows/],
  ])('%s', async (_, files, message) => {
    given(files);
    await expect(readJourney(folder)).rejects.toMatchObject({ name: 'Fault', message: expect.stringMatching(message) });
  });

  it('a file that is missing, incomplete, or has other content', async () => {
    const file = join(folder, 'transactions_sample.csv.gz');
    await expect(readJourney(folder)).rejects.toThrow(`${file} does not exist`);
    writeFileSync(file, lines(transactions, 'some line').subarray(0, -12));
    await expect(readJourney(folder)).rejects.toThrow('transactions_sample.csv.gz is not a complete gzip file');
    writeFileSync(file, lines('a,b', '1,2'));
    await expect(readJourney(folder)).rejects.toThrow('line 1: missing columns: household_id, store_id');
  });

  it('no folder, or a folder that does not exist', () => {
    expect(() => folderFrom(undefined, '/')).toThrow('The folder is missing.');
    expect(() => folderFrom('no-such-folder', folder)).toThrow(`${folder}/no-such-folder is not a folder.`);
  });
});
