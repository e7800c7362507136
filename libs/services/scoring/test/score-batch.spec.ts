import { describe, expect, it } from '@jest/globals';
import { emptyState, fold, scoresAt } from '@sestante/engagement';
import { anAct, anActOf, daysAfter, expectSameState, idOf, model, noon } from './builders.ts';
import { ledger } from './ledger.ts';

const ada = idOf('ada');

describe('a first activity that says something', () => {
  const kept = anAct();
  const { evidence, members, messages } = ledger(model).score(kept);

  it('becomes evidence of its member', () => {
    expect(evidence).toEqual([
      {
        activityId: kept.activityId,
        name: 'promise.kept',
        at: noon,
        channel: 'web',
        signals: [{ element: 'trust', weight: 2, valence: 1 }],
        memberId: kept.memberId,
        version: 1,
      },
    ]);
    expect(members).toMatchObject([{ memberId: kept.memberId, customerId: ada }]);
  });

  it('is said, with the score that appeared, as version 1 and with its cause', () => {
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
        cause: { activityId: kept.activityId, name: 'promise.kept', channel: 'web', timestamp: daysAfter(0) },
      },
    ]);
  });
});

describe('an activity that the model has nothing to say about', () => {
  it('makes the customer known, and gives neither evidence nor a message', () => {
    const scored = ledger(model).score(anAct({ name: 'page.viewed' }));
    expect(scored).toMatchObject({ evidence: [], messages: [], members: [{ customerId: ada, state: emptyState() }] });
  });

  it('changes nothing of a customer who is known', () => {
    const book = ledger(model);
    book.score(anAct());
    expect(book.score(anAct({ name: 'page.viewed' }))).toEqual({
      evidence: [],
      members: [],
      published: new Map(),
      messages: [],
    });
  });

  it.each([
    ['is a text', { rating: '5' }],
    ['is missing', {}],
    ['is an object', { rating: { value: 5 } }],
  ])('is also one whose number %s', (_, properties) => {
    expect(ledger(model).score(anAct({ name: 'product.rated', properties })).evidence).toEqual([]);
  });
});

describe('activities of one customer in one batch', () => {
  it('are said one after another, each version seeing those before it', () => {
    const { messages } = ledger(model).score(anAct(), anAct({ name: 'promise.broken' }), anAct());
    expect(messages.map(({ version }) => version)).toEqual([1, 2, 3]);
    const [first, second, third] = messages.map(({ elements }) => elements.trust.bond!) as [number, number, number];
    expect(second).toBeLessThan(first);
    expect(third).toBeGreaterThan(second);
    expect(messages[1]!.change).toEqual({
      trust: { bond: expect.closeTo(second - first, 6), mood: expect.closeTo(second - first, 6) },
    });
  });

  it('do not touch another customer', () => {
    const { messages } = ledger(model).score(anActOf('bea'), anActOf('cleo'), anActOf('bea'));
    expect(messages.map(({ customerId, version }) => [customerId, version])).toEqual([
      [idOf('bea'), 1],
      [idOf('cleo'), 1],
      [idOf('bea'), 2],
    ]);
  });
});

describe('moves that are too small to matter', () => {
  const smile = () => anAct({ name: 'service.smiled' });

  it('are kept as evidence, and not said', () => {
    const book = ledger(model);
    book.score(smile());
    const { evidence, messages } = book.score(smile());
    expect(messages).toEqual([]);
    expect(evidence).toMatchObject([{ version: null }]);
  });

  it('add up, and are said as soon as their sum matters', () => {
    const book = ledger(model);
    book.score(smile());
    const said = Array.from({ length: 20 }, () => book.score(smile()).messages).flat();
    // One moves control by not quite an eighth of a point: every fifth makes it half a point since it was last said.
    expect(said.map(({ version }) => version)).toEqual([2, 3, 4, 5]);
    for (const { change } of said) expect(Math.abs(change['control']!.bond)).toBeGreaterThanOrEqual(0.5);
  });

  it('add up over batches as they do within one', () => {
    const [many, one] = [ledger(model), ledger(model)];
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

  it('adds nothing, and says the current scores under the same versions and causes', () => {
    const book = ledger(model);
    const first = book.score(...batch);
    const again = book.score(...batch);
    expect({ ...again, messages: [] }).toEqual({ evidence: [], members: [], published: new Map(), messages: [] });
    expect(again.messages.map(({ version, cause }) => [version, cause.activityId])).toEqual(
      first.messages.map(({ version, cause }) => [version, cause.activityId]),
    );
    expect(again.messages.at(-1)).toMatchObject({ elements: first.messages.at(-1)!.elements });
  });

  it('stays silent about moves that it was silent about', () => {
    const book = ledger(model);
    const smiles = [1, 2].map(() => anAct({ name: 'service.smiled' }));
    book.score(...smiles);
    expect(book.score(smiles[1]!).messages).toEqual([]);
  });

  it('goes on with the next version where some of it is new', () => {
    const book = ledger(model);
    book.score(batch[0]!);
    const { messages } = book.score(batch[0]!, batch[2]!);
    expect(messages.map(({ version }) => version)).toEqual([1, 2]);
  });
});

describe('a customer with two members', () => {
  const phone = idOf('ada on the phone');

  it('is their sum', () => {
    const book = ledger(model);
    const [web, mobile] = [
      anAct(),
      anAct({ memberId: phone, name: 'promise.broken', channel: 'mobile', timestamp: daysAfter(3) }),
    ];
    book.score(web);
    const { messages } = book.score(mobile);
    const together = scoresAt(model, fold(model, [...book.evidence.values()]), noon + 3 * 86_400_000);
    expect(messages).toMatchObject([
      { version: 2, elements: { trust: { bond: expect.closeTo(together.elements.trust.bond!, 6) } } },
    ]);
    expectSameState(book.stateOf(ada), fold(model, [...book.evidence.values()]));
  });

  it('that came to it with a merge brings its evidence along', () => {
    const book = ledger(model);
    const before = anActOf('visitor');
    book.score(before, anAct());
    book.score(anAct({ memberId: before.memberId, name: 'promise.broken' }));
    expectSameState(book.stateOf(ada), fold(model, [...book.evidence.values()]));
    expectSameState(book.stateOf(idOf('visitor')), emptyState());
  });

  it('that came to it in the middle of a batch does so too', () => {
    const book = ledger(model);
    const before = anActOf('visitor');
    book.score(before, anAct({ memberId: before.memberId, name: 'promise.broken' }), anAct());
    expectSameState(book.stateOf(ada), fold(model, [...book.evidence.values()]));
  });
});

describe('a clock that is ahead', () => {
  it('puts no evidence behind the instant of its reception', () => {
    const early = anAct({ timestamp: daysAfter(1), receivedAt: daysAfter(0) });
    expect(ledger(model).score(early).evidence).toMatchObject([{ at: noon }]);
  });
});

describe('what is passed on', () => {
  it('is each activity, with its standing and the scores after it, and whether one moved', () => {
    const book = ledger(model);
    const [kept, seen] = [anAct(), anAct({ name: 'page.viewed', properties: { path: '/' } })];
    book.score(kept, seen);
    expect(book.passedOn).toMatchObject([
      { ...kept, scores: { version: 1 }, change: { trust: { bond: 0, mood: 0 } } },
      { ...seen, scores: { version: 1 } },
    ]);
    expect(book.passedOn[1]).not.toHaveProperty('change');
    expect(book.passedOn[1]!.scores).toEqual(book.passedOn[0]!.scores);
  });

  it('has unknown scores, at the instant of the activity, where there is no evidence', () => {
    const book = ledger(model);
    book.score(anAct({ name: 'page.viewed' }));
    expect(book.passedOn).toMatchObject([{ scores: { version: 0, at: daysAfter(0), overall: null } }]);
  });
});
