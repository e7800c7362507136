import { describe, expect, test } from '@jest/globals';
import { type Link, mostConnected, splitByReach } from '../src/index.ts';
import { aLink, aMember } from './builders.ts';

/** A chain of browsers: each was seen with the next one. */
const chainOf = (count: number): Link[] =>
  Array.from({ length: count - 1 }, (_, at) => aLink(`anonymous_id:${at}`, `anonymous_id:${at + 1}`, { at }));
const membersOf = (links: readonly Link[]) =>
  new Map(links.flatMap((link) => link.members).map((memberId) => [memberId, aMember(memberId)]));

describe('one more link', () => {
  const next = (count: number) => aLink(`anonymous_id:${count - 1}`, 'user_id:next', { at: count });

  test.each([
    [mostConnected - 2, mostConnected - 1, true],
    [mostConnected - 1, mostConnected, true],
    [mostConnected, mostConnected + 1, false],
  ])('of %d connected members, which makes them %d, may be stored: %s', (count, _after, isWithin) => {
    const links = chainOf(count);
    const { within, beyond } = splitByReach([next(count)], { links, members: membersOf(links) });
    expect([within.length, beyond.length]).toEqual(isWithin ? [1, 0] : [0, 1]);
  });

  test('between members that are connected already may be stored', () => {
    const links = chainOf(mostConnected);
    const inside = aLink('anonymous_id:0', 'anonymous_id:7');
    expect(splitByReach([inside], { links, members: membersOf(links) }).beyond).toEqual([]);
  });

  test('by a page of an account that a server knows connects nobody', () => {
    const links = chainOf(mostConnected);
    const members = membersOf(links).set('user_id:ada', aMember('user_id:ada', { isConfirmed: true }));
    const byPage = aLink('anonymous_id:0', 'user_id:ada', { rule: 'same-page' });
    expect(splitByReach([byPage], { links, members }).beyond).toEqual([]);
    expect(splitByReach([{ ...byPage, rule: 'same-activity' }], { links, members }).beyond).toHaveLength(1);
  });
});

describe('several new links', () => {
  test('are stored from the earliest on', () => {
    const news = chainOf(6).toReversed();
    const { within, beyond } = splitByReach(news, { links: [], members: new Map() }, 4);
    expect(within.map(({ at }) => at)).toEqual([0, 1, 2, 4]);
    expect(beyond.map(({ at }) => at)).toEqual([3]);
  });
});
