import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Change, Evidence, Model, State } from '../../src/index.ts';
import { changeOf, compileModel, elements, explain, fold, momentAt } from '../../src/index.ts';
import { aModelDocument, anEvidence, daysAgo, now } from '../../src/testing/index.ts';
import { history, instant, modelDocument } from '../arbitraries.ts';
import { expectClose } from '../close.ts';
import { acts, matterModel, readAll } from '../matters.ts';

function changesIn(model: Model, evidence: readonly Evidence[], from: number, base?: State) {
  const moments = { before: momentAt(model, evidence, from, base), now: momentAt(model, evidence, now, base) };
  return elements.map((element) => [element, changeOf(model, moments, element)] as const);
}

/** The causes add up, and both scores are those of their explanations. */
function expectExplained(model: Model, evidence: readonly Evidence[], from: number): void {
  for (const [element, change] of changesIn(model, evidence, from)) {
    const at = (instantOfScore: number) =>
      explain(model, evidence, { element, scale: 'bond', at: instantOfScore }).score;
    expect(change === null).toBe(at(now) === null);
    if (change === null) continue;
    expectClose(change.now, at(now) ?? -1, 100);
    expectClose(change.before ?? -1, at(from) ?? -1, 100);
    expectClose(sumOf(change), change.now - (change.before ?? change.base), 100);
  }
}

const sumOf = ({ causes }: Change) => causes.reduce((sum, { contribution }) => sum + contribution, 0);

describe('the change of a bond', () => {
  it('is the sum of its causes, for any model and history', () => {
    fc.assert(
      fc.property(modelDocument, history, instant, (document, evidence, from) => {
        expectExplained(compileModel(document), evidence, from);
      }),
    );
  });

  it('is the sum of its causes also where matters are told twice', () => {
    const halfHours = fc.integer({ min: -1, max: 10 }).map((count) => daysAgo(100) + count * 1_800_000);
    fc.assert(fc.property(acts, halfHours, (given, from) => expectExplained(matterModel, readAll(given), from)));
  });

  it('names each later activity by its contribution now, and what has faded as time', () => {
    const model = compileModel(aModelDocument());
    const evidence = [anEvidence({ at: daysAgo(180) }), anEvidence({ activityId: 'a-2' })];
    const [, change] = changesIn(model, evidence, daysAgo(90)).find(([element]) => element === 'trust')!;
    const explained = explain(model, evidence, { element: 'trust', scale: 'bond', at: now });
    const recent = explained.contributions.find(({ activityId }) => activityId === 'a-2');
    expect(change?.causes).toMatchObject([
      { name: 'promise.kept', rule: 0, count: 1, contribution: recent?.contribution },
      { name: 'time', rule: null, count: 0, because: null },
    ]);
    expect(change?.causes[1]?.contribution).toBeLessThan(0);
  });

  it.each([
    ['1 ms before', -1, true],
    ['at', 0, false],
    ['1 ms after', 1, false],
  ])('is refused only %s the latest evidence that is no longer kept', (_, ms, isRefused) => {
    const gone = anEvidence({ at: daysAgo(10) });
    const asking = () => momentAt(matterModel, [], gone.at + ms, fold(matterModel, [gone]));
    if (isRefused) expect(asking).toThrow(RangeError);
    else expect(asking().settled).toEqual([]);
  });
});
