import { describe, expect, it } from '@jest/globals';
import { emptyState, fold, scoresAt } from '@sestante/engagement';
import { anAct, anActOf, daysAfter, expectSameState, idOf, model, noon } from './builders.ts';
import { scoreStore } from './score-store.ts';

const ada = idOf('ada');

describe('a first activity with a rule in the model', () => {
  const first = anAct();
  const { evidence, members, messages } = scoreStore(model).score(first);

  it('becomes evidence of its member', () => {
    expect(evidence).toEqual([
      {
        activityId: first.activityId,
        name: 'promise.kept',
        at: noon,
        channel: 'web',
        vouchedBy: 'secret',
        signals: [{ element: 'trust', weight: 2, valence: 1, rule: 0 }],
        memberId: first.memberId,
        receivedAt: noon,
        version: 1,
      },
    ]);
    expect(members).toMatchObject([{ memberId: first.memberId, customerId: ada }]);
  });

  it('is published as version 1, with the first value of the score and with its cause', () => {
    const unknown = { bond: null, mood: null, drop: null, confidence: 0 };
    expect(messages).toEqual([
      {
        customerId: ada,
        version: 1,
        model: 'test-1',
        at: '2026-11-20T12:00:00.000Z',
        overall: expect.closeTo(scoresAt(model, fold(model, evidence), noon).overall!, 6),
        elements: {
          value: unknown,
          efficiency: unknown,
          trust: {
            bond: expect.closeTo(100 * (4 / 6)),
            mood: expect.closeTo(100 * (4 / 6)),
            drop: expect.closeTo(100 * (4 / 6) - 100 * ((4 * (4 / 6) + 2) / 6)),
            confidence: expect.closeTo(2 / 6),
          },
          coherence: unknown,
          relevance: unknown,
          control: unknown,
        },
        change: { trust: { bond: 0, mood: 0 } },
        cause: { activityId: first.activityId, name: 'promise.kept', channel: 'web', timestamp: daysAfter(0) },
      },
    ]);
  });
});

describe('an activity without a rule in the model', () => {
  it('stores the customer, and results in neither evidence nor a score change', () => {
    const scored = scoreStore(model).score(anAct({ name: 'page.viewed' }));
    expect(scored).toMatchObject({ evidence: [], messages: [], members: [{ customerId: ada, state: emptyState() }] });
  });

  it('changes nothing of a stored customer', () => {
    const store = scoreStore(model);
    store.score(anAct());
    expect(store.score(anAct({ name: 'page.viewed' }))).toEqual({ evidence: [], members: [], messages: [] });
  });

  it.each([
    ['is a string', { rating: '5' }],
    ['is missing', {}],
    ['is an object', { rating: { value: 5 } }],
  ])('has no signals if its number %s', (_, properties) => {
    expect(scoreStore(model).score(anAct({ name: 'product.rated', properties })).evidence).toEqual([]);
  });
});

describe('activities of one customer in one batch', () => {
  it('are published one after another, each version with the effect of the earlier ones', () => {
    const { messages } = scoreStore(model).score(anAct(), anAct({ name: 'promise.broken' }), anAct());
    expect(messages.map(({ version }) => version)).toEqual([1, 2, 3]);
    const [first, second, third] = messages.map(({ elements }) => elements.trust.bond!) as [number, number, number];
    expect(second).toBeLessThan(first);
    expect(third).toBeGreaterThan(second);
    expect(messages[1]!.change).toEqual({
      trust: { bond: expect.closeTo(second - first, 6), mood: expect.closeTo(second - first, 6) },
    });
  });

  it('do not affect another customer', () => {
    const { messages } = scoreStore(model).score(anActOf('bea'), anActOf('cleo'), anActOf('bea'));
    expect(messages.map(({ customerId, version }) => [customerId, version])).toEqual([
      [idOf('bea'), 1],
      [idOf('cleo'), 1],
      [idOf('bea'), 2],
    ]);
  });
});

describe('changes that are too small to publish', () => {
  const smile = () => anAct({ name: 'service.smiled' });

  it('are stored as evidence and not published', () => {
    const store = scoreStore(model);
    store.score(smile());
    const { evidence, messages } = store.score(smile());
    expect(messages).toEqual([]);
    expect(evidence).toMatchObject([{ version: null }]);
  });

  it('add up, and are published as soon as their sum is large enough', () => {
    const store = scoreStore(model);
    store.score(smile());
    const published = Array.from({ length: 20 }, () => store.score(smile()).messages).flat();
    // One changes control by not quite an eighth of a point: every fifth makes it half a point since the last published value.
    expect(published.map(({ version }) => version)).toEqual([2, 3, 4, 5]);
    for (const { change } of published) expect(Math.abs(change['control']!.bond)).toBeGreaterThanOrEqual(0.5);
  });

  it('add up over batches as they do within one', () => {
    const [many, one] = [scoreStore(model), scoreStore(model)];
    const smiles = Array.from({ length: 20 }, smile);
    for (const activity of smiles) many.score(activity);
    one.score(...smiles);
    expect(many.messages).toEqual(one.messages);
  });
});

describe('a batch that was scored before', () => {
  const batch = [
    anAct(),
    anAct({ name: 'service.smiled' }),
    anAct({ name: 'promise.broken' }),
    anAct({ name: 'page.viewed' }),
  ];

  it('adds nothing, and publishes the current scores with the same versions and causes', () => {
    const store = scoreStore(model);
    const first = store.score(...batch);
    const again = store.score(...batch);
    expect({ ...again, messages: [] }).toEqual({ evidence: [], members: [], messages: [] });
    expect(again.messages.map(({ version, cause }) => [version, cause.activityId])).toEqual(
      first.messages.map(({ version, cause }) => [version, cause.activityId]),
    );
    expect(again.messages.at(-1)).toMatchObject({ elements: first.messages.at(-1)!.elements });
  });

  it('does not publish changes that it did not publish before', () => {
    const store = scoreStore(model);
    const smiles = [1, 2].map(() => anAct({ name: 'service.smiled' }));
    store.score(...smiles);
    expect(store.score(smiles[1]!).messages).toEqual([]);
  });

  it('continues with the next version if some of it is new', () => {
    const store = scoreStore(model);
    store.score(batch[0]!);
    const { messages } = store.score(batch[0]!, batch[2]!);
    expect(messages.map(({ version }) => version)).toEqual([1, 2]);
  });
});

describe('a customer with two members', () => {
  const phone = idOf('ada on the phone');

  it('has the sum of their evidence', () => {
    const store = scoreStore(model);
    const [web, mobile] = [
      anAct(),
      anAct({ memberId: phone, name: 'promise.broken', channel: 'mobile', timestamp: daysAfter(3) }),
    ];
    store.score(web);
    const { messages } = store.score(mobile);
    const together = scoresAt(model, fold(model, [...store.evidence.values()]), noon + 3 * 86_400_000);
    expect(messages).toMatchObject([
      { version: 2, elements: { trust: { bond: expect.closeTo(together.elements.trust.bond!, 6) } } },
    ]);
    expectSameState(store.stateOf(ada), fold(model, [...store.evidence.values()]));
  });

  it('keeps the evidence of a member that joined by a merge', () => {
    const store = scoreStore(model);
    const before = anActOf('visitor');
    store.score(before, anAct());
    store.score(anAct({ memberId: before.memberId, moves: 1, name: 'promise.broken' }));
    expectSameState(store.stateOf(ada), fold(model, [...store.evidence.values()]));
    expectSameState(store.stateOf(idOf('visitor')), emptyState());
  });

  it('keeps the evidence of a member that joined in the middle of a batch', () => {
    const store = scoreStore(model);
    const before = anActOf('visitor');
    store.score(before, anAct({ memberId: before.memberId, moves: 1, name: 'promise.broken' }), anAct());
    expectSameState(store.stateOf(ada), fold(model, [...store.evidence.values()]));
  });
});

describe('the versions of a customer', () => {
  const phone = idOf('ada on the phone');
  const onPhone = (name = 'promise.kept') => anAct({ memberId: phone, name });
  const versions = (messages: readonly { version: number }[]) => messages.map(({ version }) => version);

  it('are counted over its members', () => {
    const store = scoreStore(model);
    store.score(anAct());
    store.score(onPhone('promise.broken'));
    store.score(anAct({ name: 'service.smiled' }));
    store.score(anAct());
    expect(versions(store.messages)).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['of the member that joins', 3, 1, 4],
    ['of the customer that it joins', 1, 3, 4],
    ['of either', 2, 2, 3],
  ])('continue after a merge from the higher one, %s', (_, ofVisitor, ofAda, next) => {
    const store = scoreStore(model);
    for (let count = 0; count < ofVisitor; count += 1) store.score(anActOf('visitor'));
    for (let count = 0; count < ofAda; count += 1) store.score(anAct());
    const { messages } = store.score(anAct({ memberId: idOf('member of visitor'), moves: 1 }));
    expect(versions(messages)).toEqual([next]);
    expect(versions(store.score(anAct({ name: 'promise.broken' })).messages)).toEqual([next + 1]);
  });

  it.each([
    ['in an earlier batch', true],
    ['in the same batch', false],
  ])('continue if the member with the last one has left, %s', (_, isEarlier) => {
    const store = scoreStore(model);
    store.score(anAct(), anAct(), onPhone('promise.broken'), onPhone());
    const leaving = anActOf('eve', { memberId: phone, moves: 1 });
    if (isEarlier) store.score(leaving);
    store.score(...(isEarlier ? [] : [leaving]), anAct({ name: 'promise.broken' }));
    expect(versions(store.messages.filter(({ customerId }) => customerId === ada))).toEqual([1, 2, 3, 4, 5]);
  });

  it('compare with the scores that were last published of the same customer, not of the one that a member comes from', () => {
    const store = scoreStore(model);
    const visitor = { memberId: idOf('member of visitor'), moves: 1 };
    store.score(anActOf('visitor'), anActOf('visitor', { name: 'promise.broken' }), anActOf('visitor'), anAct());
    const [before] = store.messages.slice(-1);
    const [change] = store.score(anAct({ ...visitor, name: 'promise.broken' })).messages;
    expect(change!.version).toBe(4);
    const difference = change!.elements.trust.bond! - before!.elements.trust.bond!;
    expect(change!.change.trust!.bond).toBeCloseTo(difference, 6);
  });

  it('compare with the scores that were last published, also if the member of these has left', () => {
    const store = scoreStore(model);
    store.score(anAct(), onPhone('promise.broken'));
    const before = store.messages.at(-1)!.elements.trust.bond!;
    store.score(anActOf('eve', { memberId: phone, moves: 1 }));
    const [change] = store.score(anAct()).messages;
    expect(change!.change.trust!.bond).toBeCloseTo(change!.elements.trust.bond! - before, 6);
  });
});

describe('a fast clock', () => {
  it('gives no evidence later than the instant of its reception', () => {
    const early = anAct({ timestamp: daysAfter(1), receivedAt: daysAfter(0) });
    expect(scoreStore(model).score(early).evidence).toMatchObject([{ at: noon }]);
  });
});

describe('the published messages', () => {
  it('have each activity with its standing and the scores after it, and the change if there is one', () => {
    const store = scoreStore(model);
    const [scored, unscored] = [anAct(), anAct({ name: 'page.viewed', properties: { path: '/' } })];
    store.score(scored, unscored);
    expect(store.allMessages).toMatchObject([
      { ...scored, scores: { version: 1 }, change: { trust: { bond: 0, mood: 0 } } },
      { ...unscored, scores: { version: 1 } },
    ]);
    expect(store.allMessages[1]).not.toHaveProperty('change');
    expect(store.allMessages[1]!.scores).toEqual(store.allMessages[0]!.scores);
  });

  it('have unknown scores, at the instant of the activity, if there is no evidence', () => {
    const store = scoreStore(model);
    store.score(anAct({ name: 'page.viewed' }));
    expect(store.allMessages).toMatchObject([{ scores: { version: 0, at: daysAfter(0), overall: null } }]);
  });
});
