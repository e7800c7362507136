import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { attributeNames, type CustomerActed } from '@sestante/contracts';
import { anActivity, card, minutesAfterNoon, user } from './builders.ts';
import { type Driver, profileDriver } from './driver.ts';

const personal = {
  name: 'Ada Lovelace',
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'ada@acme.test',
  phone: '+393401234567',
  birthday: '1984-05-09',
  address: { street: 'Via Roma 12', postalCode: '39100', city: 'Bolzano', country: 'IT', state: 'BZ' },
  avatar: 'https://acme.test/ada.png',
  username: 'countess',
  description: 'likes engines',
};

const identified = (name: string, traits: Readonly<Record<string, unknown>>, minutes = 0) =>
  anActivity({
    type: 'identify',
    name: 'customer.identified',
    identifiers: [user(name)],
    properties: {},
    traits,
    timestamp: minutesAfterNoon(minutes),
  });
const viewed = (name: string) => anActivity({ identifiers: [user(name)] });

describe('the attributes of a customer', () => {
  let driver: Driver;
  beforeAll(async () => {
    driver = await profileDriver('with the commit', { SESTANTE_ATTRIBUTES: attributeNames.join(',') });
  });
  afterAll(() => driver.close());

  const attributesOf = async (name: string) => (await driver.deliver(viewed(name))).at(-1)!.attributes;

  it('are published with each activity from the one that set them', async () => {
    const published = await driver.deliver(viewed('ada'), identified('ada', { tier: 'Gold' }), viewed('ada'));
    expect(published.map(({ attributes }) => attributes)).toEqual([undefined, { tier: 'Gold' }, { tier: 'Gold' }]);
    expect(await attributesOf('ada')).toEqual({ tier: 'Gold' });
  });

  it('are all that leaves of the traits', async () => {
    const [acted] = (await driver.deliver(identified('bea', { ...personal, tags: ['wine'], locale: 'it-IT' }))) as [
      CustomerActed,
    ];
    expect(acted.attributes).toEqual({
      country: 'IT',
      region: 'IT-BZ',
      language: 'it',
      birthDecade: 1980,
      tags: ['wine'],
    });
    const sent = JSON.stringify(acted);
    for (const value of [
      'Ada',
      'Lovelace',
      'acme.test',
      '340',
      '1984',
      'Roma',
      '39100',
      'Bolzano',
      'countess',
      'engines',
    ])
      expect(sent).not.toContain(value);
  });

  it('are none if personal data is given for each of them', async () => {
    const wrong = Object.fromEntries(attributeNames.map((name) => [name, personal.email]));
    expect((await driver.deliver(identified('cleo', wrong)))[0]).not.toHaveProperty('attributes');
  });

  it('are the latest, whatever the order of arrival', async () => {
    await driver.deliver(
      identified('dora', { tier: 'Gold' }, 2),
      identified('dora', { tier: 'Silver', country: 'DE' }, 1),
    );
    expect(await attributesOf('dora')).toEqual({ country: 'DE', tier: 'Gold' });
    await driver.deliver(identified('dora', { tier: null }, 3));
    expect(await attributesOf('dora')).toEqual({ country: 'DE' });
    await driver.deliver(identified('dora', { country: 'somewhere' }, 4));
    expect(await attributesOf('dora')).toBeUndefined();
  });

  it('are those of all members', async () => {
    await driver.deliver(identified('eva', { tier: 'Gold' }));
    await driver.deliver(anActivity({ identifiers: [user('eva'), card('4711 0002')], traits: { language: 'de' } }));
    const [acted] = await driver.deliver(anActivity({ identifiers: [card('4711 0002')] }));
    expect(acted!.attributes).toEqual({ language: 'de', tier: 'Gold' });
  });

  it('are not set by a page for an account that a server knows', async () => {
    await driver.deliver(identified('fay', { tier: 'Silver' }));
    await driver.deliver({ ...identified('fay', { tier: 'Gold' }, 5), vouchedBy: 'page' });
    expect(await attributesOf('fay')).toEqual({ tier: 'Silver' });
  });
});

describe('by default', () => {
  let driver: Driver;
  beforeAll(async () => {
    driver = await profileDriver();
  });
  afterAll(() => driver.close());

  it('region, age and tags do not leave', async () => {
    const [acted] = await driver.deliver(
      identified('ada', { ...personal, tags: ['wine'], tier: 'Gold', locale: 'it' }),
    );
    expect(acted!.attributes).toEqual({ country: 'IT', language: 'it', tier: 'Gold' });
  });
});
