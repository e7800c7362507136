import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anActivity, minutesAfterNoon, user } from './builders.ts';
import { type Driver, profileDriver } from './driver.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await profileDriver();
});
afterAll(() => driver.close());

const withTraits = (name: string, traits: Record<string, unknown>, minutes = 0) =>
  anActivity({ type: 'identify', identifiers: [user(name)], traits, timestamp: minutesAfterNoon(minutes) });

async function traitsOf(name: string): Promise<Record<string, unknown>> {
  const rows = await driver.query<{ name: string; value: unknown }>(
    `select name, t.value from profile.trait t join profile.member m using (member_id) where m.value = $1`,
    [name],
  );
  return Object.fromEntries(rows.map(({ name: trait, value }) => [trait, value]));
}

describe('the latest value of a trait', () => {
  it('wins if values arrive in order, in one batch or in several', async () => {
    await driver.deliver(withTraits('ada', { city: 'Rome' }, 1), withTraits('ada', { city: 'Milan' }, 2));
    expect(await traitsOf('ada')).toEqual({ city: 'Milan' });
    await driver.deliver(withTraits('ada', { city: 'Turin' }, 3));
    expect(await traitsOf('ada')).toEqual({ city: 'Turin' });
  });

  it('wins if an older value arrives later, in one batch or in several', async () => {
    await driver.deliver(withTraits('bea', { city: 'Milan' }, 2), withTraits('bea', { city: 'Rome' }, 1));
    await driver.deliver(withTraits('bea', { city: 'Naples', plan: 'gold' }, 0));
    expect(await traitsOf('bea')).toEqual({ city: 'Milan', plan: 'gold' });
  });

  it('wins in any order and any split into batches', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 1 }),
        fc.nat({ max: 6 }),
        async (order, cut) => {
          const name = `any-order-${++run}`;
          const activities = order.map((minute) => withTraits(name, { city: `city ${minute}` }, minute));
          await driver.deliver(...activities.slice(0, cut));
          await driver.deliver(...activities.slice(cut));
          expect(await traitsOf(name)).toEqual({ city: `city ${Math.max(...order)}` });
        },
      ),
      { numRuns: 20 },
    );
  });

  it('is the one with the higher sequence if two are received together, in any order', async () => {
    const inSequence = (name: string, city: string, sequence: number) => ({ ...withTraits(name, { city }), sequence });
    const [york, bari] = [(name: string) => inSequence(name, 'York', 3), (name: string) => inSequence(name, 'Bari', 4)];
    await driver.deliver(york('edda'), bari('edda'));
    await driver.deliver(bari('egon'), york('egon'));
    await driver.deliver(bari('elsa'));
    await driver.deliver(york('elsa'));
    for (const name of ['edda', 'egon', 'elsa']) expect(await traitsOf(name)).toEqual({ city: 'Bari' });
  });

  it('is the one received later if two have the same instant', async () => {
    const [first, later] = [60, 61].map((minutes) => ({
      ...withTraits('enzo', { city: minutes === 60 ? 'York' : 'Bari' }),
      receivedAt: minutesAfterNoon(minutes),
      sequence: 61 - minutes,
    }));
    await driver.deliver(later!, first!);
    expect(await traitsOf('enzo')).toEqual({ city: 'Bari' });
  });

  it('does not depend on the order or the split into batches, also with equal instants', async () => {
    let run = 0;
    const few = fc.nat({ max: 2 });
    const value = fc.record({ set: few, received: few, sequence: few });
    const values = fc.uniqueArray(value, { minLength: 1, maxLength: 6, selector: (one) => JSON.stringify(one) });
    await fc.assert(
      fc.asyncProperty(values, fc.nat({ max: 6 }), async (order, cut) => {
        const name = `any-instants-${++run}`;
        const activities = order.map(({ set, received, sequence }) => ({
          // The order of the names is the reverse of the order of the values.
          ...withTraits(name, { city: `city ${9 - set}${9 - received}${9 - sequence}` }, set),
          receivedAt: minutesAfterNoon(60 + received),
          sequence,
        }));
        await driver.deliver(...activities.slice(0, cut));
        await driver.deliver(...activities.slice(cut));
        const cities = activities.map(({ traits }) => traits['city'] as string);
        expect(await traitsOf(name)).toEqual({ city: cities.sort()[0] });
      }),
      { numRuns: 30 },
    );
  });

  it('does not depend on the order if two values differ in nothing else', async () => {
    const [rome, turin] = [{ city: 'Rome' }, { city: 'Turin' }];
    await driver.deliver(withTraits('ezio', turin), withTraits('ezio', rome));
    await driver.deliver(withTraits('emma', rome), withTraits('emma', turin));
    expect([await traitsOf('ezio'), await traitsOf('emma')]).toEqual([turin, turin]);
  });

  it('is not the value from a fast clock if another value arrived after it', async () => {
    const [ahead, later] = [
      { timestamp: minutesAfterNoon(20 * 60), receivedAt: minutesAfterNoon(0), traits: { city: 'Rome' } },
      { timestamp: minutesAfterNoon(60), receivedAt: minutesAfterNoon(60), traits: { city: 'Milan' } },
    ].map((fields) => anActivity({ identifiers: [user('elio')], ...fields }));
    await driver.deliver(ahead!);
    await driver.deliver(later!);
    expect(await traitsOf('elio')).toEqual({ city: 'Milan' });
  });

  it('is the one with the later instant, however the instant is written', async () => {
    const [early, late] = ['2026-11-20T12:00:00Z', '2026-11-20T12:00:00.250Z'].map((timestamp) =>
      anActivity({ identifiers: [user('cleo')], traits: { city: timestamp }, timestamp }),
    );
    await driver.deliver(late!, early!);
    expect(await traitsOf('cleo')).toEqual({ city: late!.timestamp });
  });
});

describe('a trait', () => {
  it.each([
    ['a string', 'Rome'],
    ['a number', 1e308],
    ['false', false],
    ['null', null],
    ['a list', [1, ['two']]],
    ['an object', { street: 'Via Appia', number: 1 }],
  ])('can be %s', async (kind, value) => {
    await driver.deliver(withTraits(`trait ${kind}`, { value }));
    expect(await traitsOf(`trait ${kind}`)).toEqual({ value });
  });

  it('with a name that is too long for an index is left out, and its activity is stored', async () => {
    const longName = Array.from({ length: 4_000 }, (_, index) =>
      String.fromCodePoint(0x4e00 + ((index * 7_919) % 20_000)),
    ).join('');
    const activity = withTraits('dora', { [longName]: 1, city: 'Rome' });
    expect(await driver.deliver(activity)).toHaveLength(1);
    expect(await traitsOf('dora')).toEqual({ city: 'Rome' });
  });

  it.each(['constructor', '__proto__', 'a "quoted"; drop table profile.trait --', ' '])(
    'may be called %j',
    async (name) => {
      await driver.deliver(withTraits(`called ${name}`, JSON.parse(`{${JSON.stringify(name)}: 1}`)));
      expect(Object.keys(await traitsOf(`called ${name}`))).toEqual([name]);
    },
  );
});
