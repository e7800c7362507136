import { describe, expect, it } from '@jest/globals';
import { emptyState, fold } from '@sestante/engagement';
import { aMerge, anAct, aSplit, expectClose, expectSameState, idOf, model, noon } from './builders.ts';
import { scoreStore } from './score-store.ts';

/** An activity of a member that is a customer of its own, unless another customer is given. */
const actOf = (member: string, over: Parameters<typeof anAct>[0] = {}) =>
  anAct({ customerId: idOf(member), memberId: idOf(member), ...over });
/** Visitor was merged into ada. */
const [toAda, fromVisitor] = aMerge('visitor', 'ada', { visitor: 1 });
/** And separated again. */
const [toVisitor, fromAda] = aSplit('ada', 'visitor', { visitor: 2 });

/** Ada has kept a promise, and visitor has got one broken. */
function aStore() {
  const store = scoreStore(model);
  store.score(actOf('ada'), actOf('visitor', { name: 'promise.broken' }));
  const everything = () => fold(model, [...store.evidence.values()]);
  const ownOf = (member: string) =>
    fold(
      model,
      [...store.evidence.values()].filter(({ memberId }) => memberId === idOf(member)),
    );
  return { ...store, everything, ownOf };
}

describe('a merge', () => {
  it.each([
    ['of the remaining customer', [toAda]],
    ['of the former one', [fromVisitor]],
    ['of both', [toAda, fromVisitor]],
  ])('read with the key %s gives the remaining customer the scores of both', (_, copies) => {
    const { score, stateOf, everything, allMessages } = aStore();
    const before = allMessages.length;
    score(...copies);
    expectSameState(stateOf(idOf('ada')), everything());
    expectSameState(stateOf(idOf('visitor')), emptyState());
    expect(allMessages).toHaveLength(before);
  });

  it('changes nothing when it is read again', () => {
    const { score } = aStore();
    score(toAda);
    for (const copy of [toAda, fromVisitor]) expect(score(copy)).toEqual({ evidence: [], members: [], messages: [] });
  });

  it('shows in the change of the next activity, and versions continue from the higher one', () => {
    const { score } = aStore();
    score(actOf('visitor', { name: 'promise.broken' }), toAda);
    const { messages } = score(actOf('visitor', { customerId: idOf('ada'), moves: 1, name: 'service.smiled' }));
    expect(messages).toMatchObject([{ customerId: idOf('ada'), version: 3 }]);
    expect(messages[0]!.change.trust!.bond).toBeLessThan(0);
  });

  it('gives a member without activities to the remaining customer', () => {
    const store = scoreStore(model);
    store.score(actOf('ada'), toAda);
    store.score(actOf('visitor', { name: 'promise.broken' }));
    expect(store.membersOf(idOf('ada'))).toHaveLength(2);
    expect(store.membersOf(idOf('visitor'))).toEqual([]);
  });

  it('of a customer that was merged itself moves all its members', () => {
    const store = scoreStore(model);
    store.score(actOf('ada'), actOf('visitor'), actOf('till'), toAda);
    store.score(...aMerge('ada', 'till', { ada: 1, visitor: 2 }));
    expectSameState(store.stateOf(idOf('till')), fold(model, [...store.evidence.values()]));
    expect(store.membersOf(idOf('ada'))).toEqual([]);
  });
});

describe('a split', () => {
  it('gives both customers theirs back', () => {
    const { score, stateOf, scoresOf, ownOf } = aStore();
    const before = ['ada', 'visitor'].map((name) => scoresOf(idOf(name), noon));
    score(toAda, fromVisitor);
    score(fromAda, toVisitor);
    for (const name of ['ada', 'visitor']) expectSameState(stateOf(idOf(name)), ownOf(name));
    const after = ['ada', 'visitor'].map((name) => scoresOf(idOf(name), noon));
    for (const [index, { overall }] of after.entries()) expectClose(overall, before[index]!.overall);
  });

  it('leaves the activities between merge and split with their members', () => {
    const { score, stateOf, ownOf } = aStore();
    score(toAda, actOf('visitor', { customerId: idOf('ada'), moves: 1 }), actOf('ada', { name: 'promise.broken' }));
    score(toVisitor);
    for (const name of ['ada', 'visitor']) expectSameState(stateOf(idOf(name)), ownOf(name));
  });

  it('that is read before its merge has the last word', () => {
    const { score, membersOf } = aStore();
    score(toVisitor, toAda);
    expect([membersOf(idOf('ada')), membersOf(idOf('visitor'))]).toMatchObject([
      [{ memberId: idOf('ada') }],
      [{ memberId: idOf('visitor'), moves: 2 }],
    ]);
  });

  it('leaves the version to the member with the id of the customer, also if it never acted', () => {
    const store = scoreStore(model);
    const acting = actOf('visitor', { customerId: idOf('ada'), moves: 1 });
    store.score(toAda, acting, { ...acting, activityId: idOf('second') });
    store.score(toVisitor);
    expect(store.score(actOf('ada')).messages).toMatchObject([{ customerId: idOf('ada'), version: 3 }]);
  });

  it('does not make the versions of either customer go back', () => {
    const { score } = aStore();
    score(actOf('ada'), actOf('ada'), toAda, toVisitor);
    const { messages } = score(actOf('ada'), actOf('visitor'));
    expect(messages.map(({ version }) => version)).toEqual([4, 4]);
  });
});

describe('an activity with the former customer of a moved member', () => {
  const late = () => actOf('visitor', { name: 'promise.broken' });

  it('counts for the present customer, and is published with it', () => {
    const { score, stateOf, everything, allMessages } = aStore();
    score(toAda);
    const act = late();
    expect(score(act).evidence).toMatchObject([{ activityId: act.activityId, version: null }]);
    expectSameState(stateOf(idOf('ada')), everything());
    expect(allMessages.at(-1)).toMatchObject({
      activityId: act.activityId,
      customerId: idOf('ada'),
      moves: 1,
      scores: { version: 1 },
    });
  });

  it('gives no version, because it is not in the partition of its customer; the next activity publishes the change', () => {
    const { score } = aStore();
    score(toAda);
    expect(score(late()).messages).toEqual([]);
    const { messages } = score(actOf('ada', { name: 'service.smiled' }));
    expect(messages).toMatchObject([{ version: 2, customerId: idOf('ada') }]);
    expect(messages[0]!.change.trust!.bond).toBeLessThan(-0.5);
  });

  it('that was published with a version of the former customer is published again without one', () => {
    const { score, allMessages } = aStore();
    const act = late();
    score(act, toAda);
    expect(score(act).messages).toEqual([]);
    expect(allMessages.at(-1)).toMatchObject({ customerId: idOf('ada'), scores: { version: 2 } });
    score(toVisitor);
    expect(score(act).messages).toMatchObject([{ customerId: idOf('visitor'), version: 2 }]);
  });

  it('takes effect once, also when it is read again after more moves', () => {
    const { score, stateOf, ownOf } = aStore();
    const act = late();
    score(act, toAda);
    score(act, toVisitor);
    score(act);
    for (const name of ['ada', 'visitor']) expectSameState(stateOf(idOf(name)), ownOf(name));
  });

  it('revises all members of the present customer: another process may have them in memory', () => {
    const { score } = aStore();
    score(toAda);
    expect(score(late()).members.map(({ memberId }) => memberId)).toEqual(
      expect.arrayContaining([idOf('ada'), idOf('visitor')]),
    );
  });
});

describe('an activity with a customer that its member has got by a move that was not read yet', () => {
  it('moves the member, and the move changes nothing any more', () => {
    const { score, stateOf, everything } = aStore();
    const { messages } = score(actOf('visitor', { customerId: idOf('ada'), moves: 1 }));
    expect(messages).toMatchObject([{ customerId: idOf('ada'), version: 2 }]);
    expectSameState(stateOf(idOf('ada')), everything());
    expect(score(toAda, fromVisitor).members).toEqual([]);
  });

  it('that comes back to the same customer changes only the number of moves', () => {
    const { score } = aStore();
    const [before] = score(actOf('visitor')).members;
    const { members } = score(actOf('visitor', { name: 'page.viewed', moves: 2 }));
    expect(members).toEqual([{ ...before, moves: 2, revision: before!.revision + 1 }]);
  });
});

describe('a customer that gets a member', () => {
  it('has all members revised: another process may have them in memory', () => {
    const { score } = aStore();
    expect(score(toAda).members.map(({ memberId }) => memberId)).toEqual(
      expect.arrayContaining([idOf('ada'), idOf('visitor')]),
    );
  });
});
