import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CustomerActed } from '@sestante/contracts';
import { transaction } from '@sestante/postgres';
import { documentNode, type RuleDocument, ruleIn, toSql } from '@sestante/rules';
import { fillScoreRows } from '../../src/read-model/fill-score-rows.ts';
import { findScoreRows } from '../../src/read-model/landmark.ts';
import { scoreExpressions } from '../../src/read-model/score-expressions.ts';
import { customerRuleCatalogue } from '../../src/rules/customer-fields.ts';
import { aMerge, anAct, anActOf, daysAfter, idOf, model } from '../builders.ts';
import { type Driver, scoringDriver } from '../driver.ts';
import { followDriver } from './follow-driver.ts';

let driver: Driver;
let rows: ReturnType<typeof followDriver>;
beforeAll(async () => {
  driver = await scoringDriver();
  rows = followDriver(driver);
});
afterAll(() => driver.close());

const nobody = anAct().standing;
const told = (attributes?: CustomerActed['attributes'], standing: Partial<CustomerActed['standing']> = {}) => ({
  ...(attributes && { attributes }),
  standing: { ...nobody, ...standing },
});

/** The names of those of the customers for whom the rule holds under a model. */
async function matching(rule: RuleDocument, names: readonly string[], of = { modelId: 0, model }): Promise<string[]> {
  const loaded = of.modelId === 0 ? await driver.live.read() : of;
  return transaction(driver.dataSource, async (client) => {
    const now = Date.now();
    const { columnOf, where, values } = scoreExpressions((await findScoreRows(client, loaded))!, now);
    const read = ruleIn(documentNode(rule), customerRuleCatalogue);
    const condition = toSql(read, (name) => columnOf(name)!, now, values.length + 1);
    const found = await client.query<{ customer_id: string }>(
      `select customer_id from scoring.customer_score c where ${where} and ${condition.text}`,
      [...values, ...condition.values],
    );
    const ids = found.rows.map(({ customer_id }) => customer_id);
    return names.filter((name) => ids.includes(idOf(name)));
  });
}

const equals = (field: string, value: string): RuleDocument => ({ field, operator: 'equals', value });

describe('what profile tells of a customer', () => {
  const consents = { offers: 'granted', channels: { email: 'denied' } } as const;

  it('can be asked by rules', async () => {
    await rows.follow(
      driver,
      anActOf('ada', told({ country: 'IT', birthDecade: 1980, tags: ['vip', 'wine'] }, consents)),
      anActOf('bea', told({ country: 'DE', birthDecade: 1990 }, { offers: 'denied' })),
      anActOf('cleo'),
    );
    const of = (rule: RuleDocument) => matching(rule, ['ada', 'bea', 'cleo']);
    expect(await of(equals('attributes.country', 'IT'))).toEqual(['ada']);
    expect(await of({ not: equals('attributes.country', 'IT') })).toEqual(['bea', 'cleo']);
    expect(await of({ field: 'attributes.country', operator: 'one-of', value: ['IT', 'DE'] })).toEqual(['ada', 'bea']);
    expect(await of({ field: 'attributes.birthDecade', operator: 'above', value: 1980 })).toEqual(['bea']);
    expect(await of({ field: 'attributes.tags', operator: 'contains', value: 'wine' })).toEqual(['ada']);
    expect(await of({ field: 'attributes.tags', operator: 'present' })).toEqual(['ada']);
    expect(await of(equals('consents.offers', 'granted'))).toEqual(['ada']);
    expect(await of(equals('consents.email', 'denied'))).toEqual(['ada']);
    expect(await of(equals('consents.offers', 'unknown'))).toEqual(['cleo']);
    expect(await of(equals('consents.sms', 'unknown'))).toEqual(['ada', 'bea', 'cleo']);
  });

  it('is what the last activity says, also if nothing is left', async () => {
    await rows.follow(driver, anActOf('dora', told({ tier: 'Gold', country: 'IT' }, { offers: 'granted' })));
    await rows.follow(driver, anActOf('dora', told({ tier: 'Gold' }, { offers: 'denied' })));
    expect(await matching(equals('attributes.tier', 'Gold'), ['dora'])).toEqual(['dora']);
    expect(await matching({ field: 'attributes.country', operator: 'present' }, ['dora'])).toEqual([]);
    expect(await matching(equals('consents.offers', 'denied'), ['dora'])).toEqual(['dora']);
    await rows.follow(driver, anActOf('dora', told()));
    expect(await matching({ field: 'attributes.tier', operator: 'present' }, ['dora'])).toEqual([]);
  });

  it('stays in a merge, and follows the activity that caused it', async () => {
    await rows.follow(
      driver,
      anActOf('eva', { memberId: idOf('eva'), ...told({ tier: 'Gold' }) }),
      anActOf('guest', { memberId: idOf('guest') }),
      anActOf('visitor', { memberId: idOf('visitor') }),
    );
    await rows.follow(driver, ...aMerge('guest', 'eva', { guest: 1 }));
    expect(await matching(equals('attributes.tier', 'Gold'), ['eva'])).toEqual(['eva']);
    await rows.follow(
      driver,
      ...aMerge('visitor', 'eva', { visitor: 1 }),
      anActOf('eva', { memberId: idOf('eva'), ...told({ tier: 'Silver' }) }),
    );
    expect(await matching(equals('attributes.tier', 'Silver'), ['eva'])).toEqual(['eva']);
  });

  it('is known under a model whose rows are made later, and stays the latest there', async () => {
    const live = await driver.live.read();
    const another = { modelId: 77, model: live.model };
    const fill = () => fillScoreRows(driver.dataSource, another, new AbortController().signal);
    await rows.follow(driver, anActOf('fay', told({ tier: 'Gold' }, { offers: 'granted' })));
    await driver.query(
      `insert into scoring.member select (jsonb_populate_record(m, jsonb_build_object('model_id', 77))).* from scoring.member m where m.model_id = $1 and m.customer_id = $2`,
      [live.modelId, idOf('fay')],
    );
    expect(await fill()).toBeGreaterThan(0);
    const isGold = { all: [equals('attributes.tier', 'Gold'), equals('consents.offers', 'granted')] };
    expect(await matching(isGold, ['fay'], another)).toEqual(['fay']);
    const later = { timestamp: daysAfter(1), name: 'nothing.known' };
    await rows.follow(driver, anActOf('fay', { ...later, ...told({ tier: 'Silver' }) }));
    expect(await matching(isGold, ['fay'], another)).toEqual(['fay']);
    expect(await fill()).toBe(1);
    expect(await matching(equals('attributes.tier', 'Silver'), ['fay'], another)).toEqual(['fay']);
    expect(await fill()).toBe(0);
  });
});
