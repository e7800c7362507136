import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aMerge, aMove, aSplit, idOf, iso } from './builders.ts';
import type { StreamClient } from '@sestante/runtime/testing';
import { type Service, startOffers } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startOffers();
});
afterAll(() => service.dispose());

/** A promise to a member was broken just now, so that it gets an apology; the member is a customer of its own unless another one is given. */
const anApologyTo = (member: string, over: Parameters<typeof aMove>[1] = {}) =>
  aMove(member, { memberId: idOf(member), name: 'promise.broken', timestamp: iso(Date.now()), ...over });
const mergeOf = (from: string, to: string) => aMerge(from, to, { [from]: 1 });
const listen = (name: string, lastEventId?: string) => service.listen(idOf(name), lastEventId);
const idsIn = ({ events }: StreamClient) => events.map(({ data }) => data.offerId as string);
const offersOf = async (name: string) =>
  (await service.get(`/api/v1/customers/${idOf(name)}/offers`)).body.items as { offerId: string; endsAt: string }[];

describe('the streams of two customers who are merged', () => {
  it('go on with the offers of both, and after a split each with its own', async () => {
    const [ada, visitor] = [await listen('ada'), await listen('visitor')];
    await service.publishMoves(...mergeOf('visitor', 'ada'));
    await service.publishScores(anApologyTo('ada'));
    await Promise.all([ada.untilCount(1), visitor.untilCount(1)]);
    expect(idsIn(visitor)).toEqual(idsIn(ada));

    await service.publishMoves(...aSplit('ada', 'visitor', { visitor: 2 }));
    await service.publishScores(anApologyTo('visitor', { moves: 2 }));
    await visitor.untilCount(2);
    await service.publishScores(anApologyTo('other'));
    expect(ada.events).toHaveLength(1);
    expect((await offersOf('visitor')).map(({ offerId }) => offerId)).toEqual(idsIn(visitor).slice(1));
    expect((await offersOf('ada')).map(({ offerId }) => offerId)).toEqual(idsIn(ada));
  });

  it('do not have the offers that were made before they began', async () => {
    await service.publishScores(anApologyTo('gail'));
    await service.query(`update offers.offer set made_at = made_at - interval '1 hour'`);
    const [gail, guest] = [await listen('gail'), await listen('guest of gail')];
    await service.publishMoves(...mergeOf('guest of gail', 'gail'));
    await service.publishScores(anApologyTo('gail'));
    await Promise.all([gail.untilCount(1), guest.untilCount(1)]);
    const [newest] = await offersOf('gail');
    expect([idsIn(gail), idsIn(guest)]).toEqual([[newest!.offerId], [newest!.offerId]]);
  });

  it('have each offer once, in order, whichever member it was made to', async () => {
    for (const name of ['bea', 'guest']) await service.publishScores(anApologyTo(name));
    const [bea, guest] = [await listen('bea', '0'), await listen('guest', '0')];
    await Promise.all([bea.untilCount(1), guest.untilCount(1)]);
    await service.publishMoves(...mergeOf('guest', 'bea'));
    await bea.untilCount(2);
    const all = (await offersOf('bea')).map(({ offerId }) => offerId).toReversed();
    expect(idsIn(bea)).toEqual(all);
    expect(idsIn(guest)).toEqual(all.slice(1));
  });
});

describe('a token of a visitor', () => {
  const offersWith = (token: string) => service.get('/api/v1/customers/me/offers', token);

  it('ends with the first login, and its stream gets no offer of the account', async () => {
    const token = await service.tokenOf(idOf('browser'), { isWeak: true });
    const stream = await service.listen('me', undefined, token);
    await service.publishScores(anApologyTo('browser'), anApologyTo('hanna'));
    await stream.untilCount(1);
    expect((await offersWith(token)).body.items).toHaveLength(1);

    await service.publishMoves(...mergeOf('browser', 'hanna'));
    await stream.ended;
    expect(idsIn(stream)).toHaveLength(1);
    for (const path of ['offers', 'decisions', 'offers/stream'])
      expect(await service.get(`/api/v1/customers/me/${path}`, token)).toMatchObject({
        status: 401,
        body: { code: 'token-ended' },
      });
  });

  it('of a customer who has a stronger identifier goes on under the surviving id', async () => {
    const token = await service.tokenOf(idOf('card of ines'));
    const stream = await service.listen('me', undefined, token);
    await service.publishMoves(...mergeOf('card of ines', 'ines'));
    await service.publishScores(anApologyTo('ines'));
    await stream.untilCount(1);
    expect((await offersWith(token)).body.items).toHaveLength(1);
  });
});

describe('a stream of a former id', () => {
  it('has the offers of the surviving customer from now on', async () => {
    await service.publishMoves(...mergeOf('caller', 'cleo'));
    const caller = await listen('caller');
    await service.publishScores(anApologyTo('cleo'));
    await caller.untilCount(1);
    expect(await offersOf('caller')).toEqual(await offersOf('cleo'));
  });

  it('resumes after the last event that it had before the merge', async () => {
    await service.publishScores(anApologyTo('elsewhere'));
    const before = await listen('elsewhere', '0');
    await before.untilCount(1);
    before.disconnect();
    await service.publishMoves(...mergeOf('elsewhere', 'edith'));
    await service.publishScores(anApologyTo('edith'));
    const after = await listen('elsewhere', before.lastEventId());
    await after.untilCount(1);
    expect([...idsIn(before), ...idsIn(after)]).toEqual(
      (await offersOf('edith')).map(({ offerId }) => offerId).toReversed(),
    );
  });
});

describe('a former id', () => {
  it('answers for the surviving customer: offers and decisions', async () => {
    await service.publishScores(anApologyTo('fay'), anApologyTo('other fay'));
    await service.publishMoves(...mergeOf('other fay', 'fay'));
    for (const what of ['offers', 'decisions', 'decisions?limit=1']) {
      const [one, former] = await Promise.all(
        ['fay', 'other fay'].map((name) => service.get(`/api/v1/customers/${idOf(name)}/${what}`)),
      );
      expect(former).toEqual(one);
    }
    expect(await offersOf('fay')).toHaveLength(2);
  });
});
