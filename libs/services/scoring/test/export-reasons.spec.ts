import { describe, expect, it } from '@jest/globals';
import type { Explanation } from '@sestante/engagement';
import { aReason } from '@sestante/engagement/testing';
import { reasonsIn } from '../src/export-reasons.ts';

const at = Date.UTC(2026, 10, 20);

/** An explanation with the contributions 1, 1/2, 1/3 … */
function anExplanation(count: number): Explanation {
  const contributions = Array.from({ length: count }, (_, index) => ({
    ...{ activityId: `a-${index}`, name: 'promise.kept', at, weight: 1, valence: 1, because: aReason('It was kept.') },
    contribution: 1 / (index + 1),
  }));
  const score = contributions.reduce((sum, { contribution }) => sum + contribution, 50);
  return { element: 'trust', scale: 'bond', base: 50, score, groups: [], contributions, earlier: null };
}

interface Reason {
  readonly because: string;
  readonly contribution: number;
}
const reasonsOf = (count: number, most: number) => [...reasonsIn(anExplanation(count), most)] as Reason[];

describe('the reasons of a score in an export', () => {
  it.each([
    [-1, []],
    [0, []],
    [1, ['all others']],
    [2, ['all others']],
  ])('are the largest three; of three %+d, the others are %j', (more, others) => {
    const reasons = reasonsOf(3 + more, 3);
    const listed = Array.from({ length: Math.min(3, 3 + more) }, () => 'promise.kept');
    expect(reasons.map(({ because }) => because)).toEqual(['the score without evidence', ...listed, ...others]);
  });

  it.each([0, 1, 3, 4, 500])('of %d activities add up to the score', (count) => {
    const sum = reasonsOf(count, 3).reduce((total, { contribution }) => total + contribution, 0);
    expect(sum).toBeCloseTo(anExplanation(count).score!, 10);
  });

  it('have the number of the others', () => {
    expect(reasonsOf(10, 3).at(-1)).toMatchObject({ because: 'all others', count: 7 });
  });

  it('are none without a score', () => {
    expect([...reasonsIn({ ...anExplanation(0), score: null }, 3)]).toEqual([]);
  });
});
