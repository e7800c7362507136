import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ActivityReceived, ownSourceId } from '@sestante/contracts';
import { mostPartners } from '@sestante/identity';
import { anActivity, mail, user, visitor } from './builders.ts';
import { type Driver, profileDriver } from './driver.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await profileDriver();
});
afterAll(() => driver.close());

let people = 0;
/** An account and a browser that nobody has seen yet. */
const aPerson = () => {
  people += 1;
  return { account: user(`account-${people}`), browser: visitor(`browser-${people}`) };
};
const byPage = (over: Partial<ActivityReceived>) => anActivity({ vouchedBy: 'page', ...over });
const byCustomer = (tokenOf: string, over: Partial<ActivityReceived>) =>
  anActivity({ vouchedBy: 'customer', tokenOf, ...over });
const customerOf = async ({ kind, value }: { kind: string; value: string }) => {
  const [row] = await driver.query<{ customer_id: string }>(
    `select customer_id from profile.member where kind = '${kind}' and value = '${value}'`,
  );
  return row!.customer_id;
};
const areOne = async ({ account, browser }: ReturnType<typeof aPerson>) =>
  (await customerOf(account)) === (await customerOf(browser));
const refusalsOf = async (one: { value: string }) =>
  (
    await driver.query<{ rule: string; refusal: string | null }>(
      `select rule, refusal from profile.link join profile.member m on m.member_id in (member_a, member_b)
        where m.value = '${one.value}' order by rule`,
    )
  ).map(({ rule, refusal }) => `${rule} ${refusal}`);

describe('an account that a server knows', () => {
  it('is not linked by a page, whatever comes first', async () => {
    for (const order of [0, 1]) {
      const person = aPerson();
      const known = anActivity({ identifiers: [person.account] });
      const said = byPage({ identifiers: [person.account, person.browser] });
      for (const activity of order === 0 ? [known, said] : [said, known]) await driver.deliver(activity);
      expect(await areOne(person)).toBe(false);
      expect(await refusalsOf(person.browser)).toEqual(['same-page not-vouched']);
    }
  });

  it('keeps what a page says about it: a no counts, a yes does not', async () => {
    const { account, browser } = aPerson();
    const consent = (offers: boolean) =>
      byPage({ name: 'consent.updated', properties: { offers }, identifiers: [account, browser] });
    const [, granted] = await driver.deliver(anActivity({ identifiers: [account] }), consent(true));
    expect([granted!.standing.offers, granted!.vouchedBy]).toEqual(['unknown', 'page']);
    const [denied] = await driver.deliver(consent(false));
    expect(denied!.standing.offers).toBe('denied');
  });

  it('is linked when a better word says the same, by a secret key or by its token', async () => {
    const [one, other] = [aPerson(), aPerson()];
    for (const { account, browser } of [one, other])
      await driver.deliver(anActivity({ identifiers: [account] }), byPage({ identifiers: [account, browser] }));
    await driver.deliver(anActivity({ identifiers: [one.account, one.browser] }));
    expect(await areOne(one)).toBe(true);
    const token = await customerOf(other.account);
    await driver.deliver(byCustomer(token, { identifiers: [other.account, other.browser] }));
    expect(await areOne(other)).toBe(true);
    expect(await refusalsOf(other.browser)).toEqual(['same-activity null', 'same-page null']);
  });

  it('is not made shared by a page that names any number of browsers', async () => {
    const { account } = aPerson();
    await driver.deliver(anActivity({ identifiers: [account] }));
    const browsers = Array.from({ length: mostPartners.anonymous_id + 1 }, (_, nth) =>
      visitor(`${account.value}/${nth}`),
    );
    await driver.deliver(...browsers.map((browser) => byPage({ identifiers: [account, browser] })));
    const [member] = await driver.query<{ is_shared: boolean }>(
      `select is_shared from profile.member where value = '${account.value}'`,
    );
    expect(member!.is_shared).toBe(false);
    await driver.deliver(anActivity({ identifiers: [account, browsers[0]!] }));
    expect(await customerOf(browsers[0]!)).toBe(await customerOf(account));
  });
});

describe('the traits of an account', () => {
  const traitsOf = async ({ account }: ReturnType<typeof aPerson>) => {
    const rows = await driver.query<{ name: string; value: unknown }>(
      `select trait.name, trait.value from profile.trait join profile.member using (member_id) where member.value = '${account.value}'`,
    );
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  };
  const named = (traits: Record<string, unknown>) =>
    ({ type: 'identify', name: 'customer.identified', traits }) as const;

  it('that a server knows are not changed by a page in a browser that is not theirs', async () => {
    const person = aPerson();
    const { account, browser } = person;
    const stranger = byPage({ ...named({ plan: 'silver' }), identifiers: [account, visitor('of a stranger')] });
    const bare = byPage({ ...named({ plan: 'silver' }), identifiers: [account] });
    // Also in the batch in which the server names the account.
    await driver.deliver(anActivity({ ...named({ plan: 'gold' }), identifiers: [account, browser] }), stranger, bare);
    await driver.deliver({ ...stranger, activityId: anActivity().activityId });
    expect(await traitsOf(person)).toEqual({ plan: 'gold' });
  });

  it('are changed by a page in their own browser, by their token, and while only pages know the account', async () => {
    const person = aPerson();
    const { account, browser } = person;
    await driver.deliver(byPage({ ...named({ first: 1 }), identifiers: [account] }));
    await driver.deliver(anActivity({ identifiers: [account, browser] }));
    await driver.deliver(byPage({ ...named({ second: 2 }), identifiers: [account, browser] }));
    await driver.deliver(byCustomer(await customerOf(account), { ...named({ third: 3 }), identifiers: [account] }));
    expect(await traitsOf(person)).toEqual({ first: 1, second: 2, third: 3 });
  });
});

describe('an account that only pages know', () => {
  it('is linked by a page', async () => {
    const person = aPerson();
    await driver.deliver(byPage({ identifiers: [person.browser] }));
    await driver.deliver(byPage({ identifiers: [person.account, person.browser] }));
    expect(await areOne(person)).toBe(true);
  });

  it('stays one with its browser when its settings are changed over the API', async () => {
    const person = aPerson();
    await driver.deliver(byPage({ identifiers: [person.account, person.browser] }));
    const change = { name: 'preferences.updated', source: ownSourceId, identifiers: [person.account] };
    await driver.deliver(anActivity(change), byCustomer(await customerOf(person.account), change));
    expect(await areOne(person)).toBe(true);
  });
});

describe('an activity with a token', () => {
  it('is the word of the customer if it is about the same one', async () => {
    const { account, browser } = aPerson();
    const [known] = await driver.deliver(anActivity({ identifiers: [account] }));
    const token = known!.customerId;
    const [own] = await driver.deliver(byCustomer(token, { identifiers: [account] }));
    const [ofBrowser] = await driver.deliver(byCustomer(token, { identifiers: [browser] }));
    expect([own!.vouchedBy, ofBrowser!.vouchedBy]).toEqual(['customer', 'customer']);
    expect(ofBrowser!.customerId).toBe(token);
  });

  it('of another customer is the word of a page, and stays it when it is delivered again', async () => {
    const [ada, bea] = [aPerson(), aPerson()];
    const [known] = await driver.deliver(
      anActivity({ identifiers: [ada.account] }),
      anActivity({ identifiers: [bea.account] }),
    );
    const strange = byCustomer(known!.customerId, {
      identifiers: [bea.account],
      name: 'consent.updated',
      properties: { offers: true },
    });
    for (let time = 0; time < 2; time++) {
      const [published] = await driver.deliver(strange);
      expect([published!.vouchedBy, published!.standing.offers]).toEqual(['page', 'unknown']);
    }
    const [row] = await driver.query(
      `select vouched_by from profile.activity where activity_id = '${strange.activityId}'`,
    );
    expect(row).toEqual({ vouched_by: 'page' });
  });

  it('of an account that was merged into another one counts for both', async () => {
    const [one, other] = [aPerson(), aPerson()];
    const [first, second] = await driver.deliver(
      anActivity({ identifiers: [one.account] }),
      anActivity({ identifiers: [other.account] }),
    );
    await driver.deliver(anActivity({ identifiers: [one.account, { ...other.account, isAlias: true }] }));
    for (const token of [first!.customerId, second!.customerId])
      for (const { account } of [one, other]) {
        const [published] = await driver.deliver(byCustomer(token, { identifiers: [account] }));
        expect(published).toMatchObject({ vouchedBy: 'customer', customerId: await customerOf(one.account) });
      }
  });

  it('of a visitor ends with the login: it counts no longer, also for the login itself', async () => {
    const { account, browser } = aPerson();
    const [visited] = await driver.deliver(byPage({ identifiers: [browser] }));
    const token = visited!.customerId;
    const words = [];
    for (const identifiers of [[browser], [account, browser], [account, browser], [browser]]) {
      const [published] = await driver.deliver(byCustomer(token, { identifiers }));
      words.push(published!.vouchedBy);
    }
    expect(words).toEqual(['customer', 'page', 'page', 'page']);
  });
});

describe('the token of a mailbox that was not verified', () => {
  it('ends when the mailbox turns out to be that of an account, also if it is verified', async () => {
    const { account, browser } = aPerson();
    const address = mail(`${account.value}@example.org`);
    const [known] = await driver.deliver(anActivity({ identifiers: [address] }));
    const token = known!.customerId;
    const withToken = () => byCustomer(token, { identifiers: [browser], isTokenWeak: true });
    expect((await driver.deliver(withToken()))[0]!.vouchedBy).toBe('customer');
    await driver.deliver(anActivity({ identifiers: [account, address], name: 'identity.verified' }));
    expect(await customerOf(address)).toBe(await customerOf(account));
    const stranger = visitor(`stranger of ${account.value}`);
    const [late] = await driver.deliver(
      byCustomer(token, { identifiers: [address], isTokenWeak: true }),
      byCustomer(token, { identifiers: [stranger], isTokenWeak: true }),
    );
    expect(late!.vouchedBy).toBe('page');
    expect(await customerOf(stranger)).not.toBe(await customerOf(account));
  });
});

describe('an answer to an offer by a page', () => {
  it('says whether its browser belongs to the customer, also when it is delivered again', async () => {
    const { account, browser } = aPerson();
    await driver.deliver(anActivity({ identifiers: [account, browser] }));
    const answer = { name: 'offer.accepted', properties: { code: 'ABCDEFGHJK' } };
    const own = byPage({ ...answer, identifiers: [account, browser] });
    const alien = byPage({ ...answer, identifiers: [account, visitor('of a stranger')] });
    const bare = byPage({ ...answer, identifiers: [account] });
    for (let time = 0; time < 2; time++) {
      const published = await driver.deliver(own, alien, bare);
      expect(published.map(({ isFromOwnBrowser }) => isFromOwnBrowser)).toEqual([true, undefined, undefined]);
    }
    const [secret] = await driver.deliver(anActivity({ ...answer, identifiers: [account, browser] }));
    expect(secret).not.toHaveProperty('isFromOwnBrowser');
  });
});
