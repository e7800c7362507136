import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anActivity, minutesAfterNoon, user } from './builders.ts';
import { type Driver, profileDriver } from './driver.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await profileDriver();
});
afterAll(() => driver.close());

const saying = (name: string, traits: Record<string, unknown>, minutes = 0) =>
  anActivity({ type: 'identify', identifiers: [user(name)], traits, timestamp: minutesAfterNoon(minutes) });

async function traitsOf(name: string): Promise<Record<string, unknown>> {
  const rows = await driver.query<{ name: string; value: unknown }>(
    `select name, t.value from profile.trait t join profile.identifier i using (member_id) where i.value = $1`,
    [name],
  );
  return Object.fromEntries(rows.map(({ name: trait, value }) => [trait, value]));
}

describe('the latest word on a trait', () => {
  it('stands when the words come in order, in one batch or in several', async () => {
    await driver.deliver(saying('ada', { city: 'Rome' }, 1), saying('ada', { city: 'Milan' }, 2));
    expect(await traitsOf('ada')).toEqual({ city: 'Milan' });
    await driver.deliver(saying('ada', { city: 'Turin' }, 3));
    expect(await traitsOf('ada')).toEqual({ city: 'Turin' });
  });

  it('stands when an older word comes later, in one batch or in several', async () => {
    await driver.deliver(saying('bea', { city: 'Milan' }, 2), saying('bea', { city: 'Rome' }, 1));
    await driver.deliver(saying('bea', { city: 'Naples', plan: 'gold' }, 0));
    expect(await traitsOf('bea')).toEqual({ city: 'Milan', plan: 'gold' });
  });

  it('stands for any order of the words and any split into batches', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 1 }),
        fc.nat({ max: 6 }),
        async (order, cut) => {
          const name = `any-order-${++run}`;
          const words = order.map((minute) => saying(name, { city: `city ${minute}` }, minute));
          await driver.deliver(...words.slice(0, cut));
          await driver.deliver(...words.slice(cut));
          expect(await traitsOf(name)).toEqual({ city: `city ${Math.max(...order)}` });
        },
      ),
      { numRuns: 20 },
    );
  });

  it('is the one behind the other of two that are received together, whatever they say and in whatever order they are handled', async () => {
    const word = (name: string, city: string, sequence: number) => ({ ...saying(name, { city }), sequence });
    const [york, bari] = [(name: string) => word(name, 'York', 3), (name: string) => word(name, 'Bari', 4)];
    await driver.deliver(york('edda'), bari('edda'));
    await driver.deliver(bari('egon'), york('egon'));
    await driver.deliver(bari('elsa'));
    await driver.deliver(york('elsa'));
    for (const name of ['edda', 'egon', 'elsa']) expect(await traitsOf(name)).toEqual({ city: 'Bari' });
  });

  it('is the one received later of two words of one instant', async () => {
    const [first, later] = [60, 61].map((minutes) => ({
      ...saying('enzo', { city: minutes === 60 ? 'York' : 'Bari' }),
      receivedAt: minutesAfterNoon(minutes),
      sequence: 61 - minutes,
    }));
    await driver.deliver(later!, first!);
    expect(await traitsOf('enzo')).toEqual({ city: 'Bari' });
  });

  it('is the same one of any words, however their instants meet, in any order and any split into batches', async () => {
    let run = 0;
    const few = fc.nat({ max: 2 });
    const word = fc.record({ said: few, received: few, sequence: few });
    const words = fc.uniqueArray(word, { minLength: 1, maxLength: 6, selector: (one) => JSON.stringify(one) });
    await fc.assert(
      fc.asyncProperty(words, fc.nat({ max: 6 }), async (order, cut) => {
        const name = `any-instants-${++run}`;
        const told = order.map(({ said, received, sequence }) => ({
          // A name that sorts against the order in which the words count.
          ...saying(name, { city: `city ${9 - said}${9 - received}${9 - sequence}` }, said),
          receivedAt: minutesAfterNoon(60 + received),
          sequence,
        }));
        await driver.deliver(...told.slice(0, cut));
        await driver.deliver(...told.slice(cut));
        const cities = told.map(({ traits }) => traits['city'] as string);
        expect(await traitsOf(name)).toEqual({ city: cities.sort()[0] });
      }),
      { numRuns: 30 },
    );
  });

  it('is the same one of two words that nothing tells apart', async () => {
    const [rome, turin] = [{ city: 'Rome' }, { city: 'Turin' }];
    await driver.deliver(saying('ezio', turin), saying('ezio', rome));
    await driver.deliver(saying('emma', rome), saying('emma', turin));
    expect([await traitsOf('ezio'), await traitsOf('emma')]).toEqual([turin, turin]);
  });

  it('is not that of a clock that is ahead, once something has been said after it came', async () => {
    const [ahead, later] = [
      { timestamp: minutesAfterNoon(20 * 60), receivedAt: minutesAfterNoon(0), traits: { city: 'Rome' } },
      { timestamp: minutesAfterNoon(60), receivedAt: minutesAfterNoon(60), traits: { city: 'Milan' } },
    ].map((fields) => anActivity({ identifiers: [user('elio')], ...fields }));
    await driver.deliver(ahead!);
    await driver.deliver(later!);
    expect(await traitsOf('elio')).toEqual({ city: 'Milan' });
  });

  it('is the later one by its instant, not by how the instant is written', async () => {
    const [early, late] = ['2026-11-20T12:00:00Z', '2026-11-20T12:00:00.250Z'].map((timestamp) =>
      anActivity({ identifiers: [user('cleo')], traits: { city: timestamp }, timestamp }),
    );
    await driver.deliver(late!, early!);
    expect(await traitsOf('cleo')).toEqual({ city: late!.timestamp });
  });
});

describe('a trait', () => {
  it.each([
    ['a text', 'Rome'],
    ['a number', 1e308],
    ['false', false],
    ['null', null],
    ['a list', [1, ['two']]],
    ['an object', { street: 'Via Appia', number: 1 }],
  ])('can be %s', async (kind, value) => {
    await driver.deliver(saying(`trait ${kind}`, { value }));
    expect(await traitsOf(`trait ${kind}`)).toEqual({ value });
  });

  it('with a name that no index can hold is left out, and its activity is kept', async () => {
    const endless = Array.from({ length: 4_000 }, (_, index) =>
      String.fromCodePoint(0x4e00 + ((index * 7_919) % 20_000)),
    ).join('');
    const activity = saying('dora', { [endless]: 1, city: 'Rome' });
    expect(await driver.deliver(activity)).toHaveLength(1);
    expect(await traitsOf('dora')).toEqual({ city: 'Rome' });
  });

  it.each(['constructor', '__proto__', 'a "quoted"; drop table profile.trait --', ' '])(
    'may be called %j',
    async (name) => {
      await driver.deliver(saying(`called ${name}`, JSON.parse(`{${JSON.stringify(name)}: 1}`)));
      expect(Object.keys(await traitsOf(`called ${name}`))).toEqual([name]);
    },
  );
});
