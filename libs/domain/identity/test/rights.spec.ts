import { describe, expect, it } from '@jest/globals';
import { type Act, may, type Right, rights, vouchers } from '../src/index.ts';
import { codesIn, rowsUnder } from './readme.ts';

const acts = Object.keys(rights) as Act[];

describe('what an activity may bring about', () => {
  it('is the table in the README', () => {
    const rows = rowsUnder('act').map(([act, ...cells]) => [codesIn(act)[0], ...cells.slice(0, 3)]);
    const expected = acts.map((act) => [act, ...vouchers.map((voucher) => rights[act][voucher].replace('-', ' '))]);
    expect(rows).toEqual(expected);
  });

  it('is anything by a secret key', () => {
    expect(acts.filter((act) => !may('secret', act))).toEqual([]);
  });

  it('is never more by a page than by the customer, nor by the customer than by a secret key', () => {
    const strength: Record<Right, number> = { no: 0, 'own-browser': 1, yes: 2 };
    for (const act of acts) {
      const [secret, customer, page] = vouchers.map((voucher) => strength[rights[act][voucher]]);
      expect([act, secret! >= customer!, customer! >= page!]).toEqual([act, true, true]);
    }
  });

  it('depends on the browser for an answer of a page', () => {
    expect([may('page', 'answer-offer'), may('page', 'answer-offer', true)]).toEqual([false, true]);
    expect([may('page', 'redeem-offer', true), may('customer', 'redeem-offer')]).toEqual([false, true]);
  });
});
