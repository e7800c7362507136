import { describe, expect, test } from '@jest/globals';
import { activityOf, anEvent } from '../builders.ts';

describe('the locale in the context', () => {
  const traitsOf = (event: object) => activityOf(anEvent({ type: 'identify', userId: 'ada', ...event })).traits;

  test.each<[object, object]>([
    [{ context: { locale: 'it-IT' } }, { locale: 'it-IT' }],
    [
      { context: { locale: 'it_IT' }, traits: { city: 'Bari' } },
      { city: 'Bari', locale: 'it_IT' },
    ],
    [{ context: { locale: 'it-IT' }, traits: { locale: 'de' } }, { locale: 'de' }],
    [{ context: { locale: 'it-IT' }, traits: { language: 'de' } }, { language: 'de' }],
    [{ context: { locale: 'it-IT' }, traits: { language: null } }, { language: null }],
    [{ context: { locale: 'ada@acme.test' } }, {}],
    [{ context: { locale: { language: 'it' } } }, {}],
    [{ type: 'track', context: { locale: 'it-IT' } }, {}],
  ])('of %j gives the traits %j', (event, traits) => {
    expect(traitsOf(event)).toEqual(traits);
  });
});
