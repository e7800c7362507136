import { describe, expect, it } from '@jest/globals';
import { compileModel, type Evidence } from '@sestante/engagement';
import { aModelDocument, anEvidence, aSignal } from '@sestante/engagement/testing';
import { heldUnder, latestOf } from '../src/held-matters.ts';
import { type Held, isEnough, remembered } from '../src/remembered-matter.ts';

const model = compileModel(aModelDocument({ trustOf: { secret: 1, customer: 1, page: 0.5 } }));
const about = (...keys: readonly string[]) => keys.map((once) => aSignal({ once }));
const told = (changes: Partial<Evidence> = {}) => anEvidence({ signals: about('order 1'), ...changes });
const aMatter = (tellings: readonly Evidence[], changes: Partial<Held> = {}): Held => ({
  key: 'order 1',
  tellings,
  isClosed: false,
  ...changes,
});

describe('between batches, of a matter', () => {
  it.each([
    ['that nobody told about', [], { key: 'order 1' }],
    ['with one telling', [told()], { by: { activityId: 'a-1', vouchedBy: 'secret' } }],
  ])('%s, the teller is remembered', (_, tellings, expected) => {
    expect(remembered(aMatter(tellings))).toMatchObject(expected);
  });

  it.each([
    ['with two tellings', aMatter([told(), told({ activityId: 'a-2' })])],
    ['whose telling is about another one, too', aMatter([told({ signals: about('order 1', 'delivery 1') })])],
    ['that counts again', aMatter([told({ signals: [aSignal({ again: 'order 1' })] })])],
    ['that is closed', aMatter([told()], { isClosed: true })],
  ])('%s, nothing is remembered', (_, matter) => {
    expect(remembered(matter)).toBeUndefined();
    expect(latestOf([matter])).toEqual([]);
  });

  it('with one telling, that stands for it', () => {
    const [matter] = latestOf([aMatter([told()])]);
    expect(heldUnder([matter!], 'order 1')).toMatchObject({
      tellings: [{ activityId: 'a-1', signals: [{ weight: 0 }] }],
    });
  });

  it.each([2, 3, 4])('the latest three of %i are remembered', (count) => {
    const matters = Array.from({ length: count }, (_, index) => aMatter([], { key: `order ${index}` }));
    expect(latestOf(matters)).toEqual(matters.slice(-3).map(({ key }) => ({ key })));
  });
});

describe('what is remembered of a matter', () => {
  const page = remembered(aMatter([told({ vouchedBy: 'page' })]))!;

  it.each([
    ['a later telling of a page', { vouchedBy: 'page', activityId: 'a-2' } as const],
    ['the first telling, when it is repeated', { vouchedBy: 'page', at: told().at + 1 } as const],
  ])('is enough for %s', (_, changes) => {
    expect(isEnough(model, page, told(changes))).toBe(true);
  });

  it.each([
    ['a telling that is trusted more', { activityId: 'a-2' }],
    ['an earlier one', { vouchedBy: 'page', at: told().at - 1 } as const],
    [
      'one that tells of another matter, too',
      { vouchedBy: 'page', at: told().at + 1, signals: about('order 1', 'x') } as const,
    ],
  ])('is not enough for %s', (_, changes) => {
    expect(isEnough(model, page, told(changes))).toBe(false);
  });

  it('is enough for any telling if there was none', () => {
    expect(isEnough(model, { key: 'order 1' }, told())).toBe(true);
  });
});
