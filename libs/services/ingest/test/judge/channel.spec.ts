import { describe, expect, test } from '@jest/globals';
import { activityOf, anEvent, violationsOf } from '../builders.ts';

const inContext = (channel: unknown) => anEvent({ context: { channel } });

describe('the channel of an event', () => {
  test.each([
    [
      'store',
      [
        'store',
        'POS',
        'Till',
        'point of sale',
        'Filiale',
        'LADEN',
        'Geschäft',
        'negozio',
        'punto vendita',
        'in-store',
        'Magasin',
        'tienda',
      ],
    ],
    ['web', ['web', 'Website', 'e-commerce', 'Online-Shop', 'browser', 'client']],
    ['mobile', ['mobile', 'App', 'iOS', 'android']],
    ['service', ['service', 'Call Center', 'hotline', 'phone', 'Kundenservice']],
    ['other', ['other']],
  ])('is %s for %j', (channel, spellings) => {
    for (const spelling of spellings) {
      expect([spelling, activityOf(inContext(spelling)).channel]).toEqual([spelling, channel]);
      expect(violationsOf(inContext(spelling))).toEqual([]);
    }
  });

  test('is the same in decomposed letters', () => {
    expect(activityOf(inContext('Geschäft'.normalize('NFD'))).channel).toBe('store');
  });

  test.each([[undefined], [null], [''], ['server'], ['sources']])(
    'is that of the source if the event has %j',
    (channel) => {
      expect([activityOf(inContext(channel)).channel, violationsOf(inContext(channel))]).toEqual(['web', []]);
    },
  );

  test.each(['carrier pigeon', 5, {}, ['web'], 'x'.repeat(1_000)])(
    'is a violation if it is unknown, such as %j',
    (channel) => {
      expect(violationsOf(inContext(channel))).toEqual(['channel-unknown channel']);
    },
  );

  test('may be outside the context, as in RudderStack', () => {
    expect(activityOf(anEvent({ channel: 'mobile' })).channel).toBe('mobile');
    expect(activityOf(anEvent({ channel: 'mobile', context: { channel: 'till' } })).channel).toBe('store');
  });
});
