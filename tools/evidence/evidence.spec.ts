import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readJourney } from '../replay/journey.ts';
import type { HouseholdEvent } from '../replay/household-event.ts';
import { fitReport, fittedRhythm } from './fit.ts';
import { before, toHouseholds } from './households.ts';
import { measure } from './measure.ts';
import { modelsFrom } from './models.ts';
import { readOptions } from './options.ts';
import { pageOf } from './page.ts';
import { variantsOf } from './variants.ts';
import { casesOf, splitsBefore } from './stops.ts';

const weekMs = 7 * 86_400_000;
const newYear = Date.parse('2018-01-01T00:00:00Z');

let folder: string;
let events: HouseholdEvent[];

/** Baskets once a week, on Sundays: the given number, the last one so many weeks before the new year. */
function baskets(household: string, weeks: number, lastWeeksAgo: number): string[] {
  return Array.from({ length: weeks }, (_, index) => {
    const at = new Date(newYear - (lastWeeksAgo + index) * weekMs - 3_600_000).toISOString();
    return `${household},9,${household}-${index},p1,1,10,2,0,0,${at}`;
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'evidence-'));
  const columns =
    'household_id,store_id,basket_id,product_id,quantity,sales_value,retail_disc,coupon_disc,coupon_match_disc,transaction_timestamp';
  const receipts = [
    ...baskets('weekly', 52, 0),
    ...baskets('silent', 34, 18),
    ...baskets('stopping', 30, 13),
    ...baskets('seldom', 2, 1),
  ];
  writeFileSync(join(folder, 'transactions_sample.csv.gz'), gzipSync([columns, ...receipts, ''].join('\n')));
  const coupons = 'household_id,coupon_upc,campaign_id,redemption_date\nweekly,c1,26,2017-06-01\n';
  writeFileSync(join(folder, 'coupon_redemptions.csv.gz'), gzipSync(coupons));
  events = await readJourney(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const households = () => toHouseholds(events);
const householdOf = (id: string) => households().find((one) => one.id === id)!;
const page = (seed: number) =>
  pageOf(measure(events, modelsFrom([], '/'), { name: 'a grocer', at: newYear, seed, household: undefined }));

describe('a household', () => {
  it('has the activities that ingest makes of the events of its till', () => {
    const { activities } = householdOf('weekly');
    expect(activities).toHaveLength(53);
    expect(activities.at(-1)).toEqual({
      activityId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'order.completed',
      at: newYear - 3_600_000,
      channel: 'store',
      vouchedBy: 'secret',
      properties: {
        order_id: 'weekly-0',
        store_id: '9',
        currency: 'USD',
        revenue: 10,
        discount: 2,
        discounts: { card: 2, coupon: 0, coupon_match: 0 },
      },
    });
  });

  it('knows nothing of what happens at an instant or after it', () => {
    const { activities, baskets } = householdOf('weekly');
    const at = activities.at(-1)!.at;
    const count = (instant: number) => before({ id: '', activities, baskets }, instant).activities.length;
    expect([count(at), count(at + 1)]).toEqual([52, 53]);
    expect(before(householdOf('weekly'), at).baskets).toHaveLength(51);
  });
});

describe('the same households in shops that know less', () => {
  it('have no coupons, and orders without a discount or with none', () => {
    const [asTheyAre, unknown, fullPrice] = variantsOf(households(), 1).map((variant) =>
      variant.households.find(({ id }) => id === 'weekly')!,
    );
    expect([asTheyAre, unknown, fullPrice].map((one) => one!.activities.length)).toEqual([53, 52, 52]);
    expect(unknown!.activities[0]!.properties).toEqual({
      order_id: 'weekly-51',
      store_id: '9',
      currency: 'USD',
      revenue: 10,
    });
    expect(fullPrice!.activities[0]!.properties).toMatchObject({ revenue: 10, discount: 0 });
  });

  it('have about a fifth of the baskets, the same for the same seed', () => {
    const fifth = (seed: number) => variantsOf(households(), seed)[3]!.households.flatMap(({ baskets }) => baskets);
    expect(fifth(1)).toEqual(fifth(1));
    expect(fifth(1)).not.toEqual(fifth(2));
    expect(Math.abs(fifth(1).length - 118 / 5)).toBeLessThan(12);
  });
});

describe('who stops', () => {
  it('is asked of the households with a basket in the twelve weeks before', () => {
    const { heldOut, chosenOn } = splitsBefore(newYear);
    const stopped = (split: typeof heldOut) =>
      Object.fromEntries(casesOf(households(), split).map(({ household, hasStopped }) => [household.id, hasStopped]));
    expect(stopped(heldOut)).toEqual({ weekly: false, silent: true, stopping: true });
    expect(stopped(chosenOn)).toEqual({ weekly: false, silent: false, stopping: false });
  });

  it('is asked with the last twelve weeks held out', () => {
    const { heldOut, chosenOn } = splitsBefore(newYear);
    expect(new Date(heldOut.at).toISOString()).toBe('2017-10-09T00:00:00.000Z');
    expect([heldOut.until, chosenOn.until]).toEqual([newYear, heldOut.at]);
  });
});

describe('the page', () => {
  it('is the same for the same data, models and seed', () => {
    expect(page(1)).toBe(page(1));
  });

  it('names the data, the instant and the seed', () => {
    expect(page(5)).toContain('# Evidence: a grocer');
    expect(page(5)).toContain('Scores at 2018-01-01, 00:00 UTC, from 119 activities of 4 households.');
    expect(page(5)).toContain('Seed of the bootstrap: 5.');
  });

  it('compares the models with what the two simplest numbers say', () => {
    expect(page(1)).toContain('| Held out, 2017-10-09 to 2018-01-01: 2 of 3 stop | AUC |');
    expect(page(1)).toMatch(/frequency alone.* 1\.000/);
    expect(page(1)).toMatch(/overall of retail-1 \|[^]*overall of retail-2 \|/);
  });

  it('lists the frequent households by their silence, and explains the most frequent of them', () => {
    expect(page(1)).toMatch(/\| silent \| 34 \| 126\.0 .*\n\| stopping \| 30 \| 91\.0 .*\n\| weekly \| 52 \| 0\.0 /);
    expect(page(1)).toContain('## Household weekly, explained');
  });

  it('has the drop of a silent household under retail-2, and why', () => {
    const [, under = ''] = page(1).split('| retail-2: household |');
    expect(under).toMatch(
      /\| silent \| 34 .*(value|relevance) \d\d\.\d \| -\d\d\.\d: usually every 7\.\d days, none for 126 \|/,
    );
    expect(under).toMatch(/\| weekly \| 52 .*\| none \| – \|/);
  });

  it('has the loyal share, with the definition', () => {
    expect(page(1)).toContain('**retail-1** has no definition of loyal.');
    expect(page(1)).toContain('**retail-2**: 25.0 % are loyal.');
    expect(page(1)).toContain('"field":"purchases.surprise"');
  });

  it('has the figures of the same households in shops that know less', () => {
    const rows = page(1).match(
      /^\| (as they are|discounts and coupons unknown|everything at full price|a fifth of the baskets) \|/gm,
    );
    expect(rows).toHaveLength(8);
  });

  it('explains by groups with their reasons, then by single contributions', () => {
    expect(page(1)).toContain('| 52 × order.completed | +');
    expect(page(1)).toContain('| 1 × coupon.applied |');
    expect(page(1)).toContain('| order.completed | 2017-12-31 |');
  });
});

describe('the fitted rhythm', () => {
  it('knows nothing of the held-out weeks', () => {
    const all = households();
    const cut = splitsBefore(newYear).heldOut.at;
    expect(fittedRhythm(all, cut)).toEqual(
      fittedRhythm(
        all.map((one) => before(one, cut)),
        cut,
      ),
    );
  });

  it('is printed with the earlier split alone', () => {
    const report = fitReport(households(), modelsFrom([], '/'), { at: newYear, seed: 1 });
    expect(report).toMatch(/^Rhythm of the baskets before 2017-10-09: shape \d+\.\d+, rateDays \d+\.\d+/);
    expect(report).toContain('From 2017-07-17 to 2017-10-09, 0 of 3 active households stop.');
    expect(report).toContain('overall of retail-2');
  });
});

describe('options', () => {
  it('are a folder, models, an instant, a household and a seed', () => {
    const none = { folder: undefined, models: [], at: undefined, household: undefined, seed: 14, isFit: false };
    expect(readOptions([])).toEqual(none);
    expect(readOptions(['data', '--fit'])).toEqual({ ...none, folder: 'data', isFit: true });
    const all = ['data', '--model', 'a.json', '--model=b.json', '--at', '2018-01-01', '--household=143', '--seed=0'];
    expect(readOptions(all)).toEqual({
      folder: 'data',
      models: ['a.json', 'b.json'],
      at: newYear,
      household: '143',
      seed: 0,
      isFit: false,
    });
  });

  it.each([[['a', 'b']], [['--at', 'soon']], [['--seed', '-1']], [['--seed', '0.5']], [['--fast']]])(
    'must not be %p',
    (args) => {
      expect(() => readOptions(args)).toThrow('npm run evidence -- <folder> [--fit]');
    },
  );

  it('name models that can be read', () => {
    expect(() => modelsFrom(['none.json'], folder)).toThrow('none.json is not a valid model');
    writeFileSync(join(folder, 'empty.json'), '{}');
    expect(() => modelsFrom(['empty.json'], folder)).toThrow(
      /empty.json is not a valid model\.\n[^]*version: is missing/,
    );
  });
});
