import { describe, expect, it } from '@jest/globals';
import { vocabulary } from '@sestante/contracts';
import { factsOf } from '../src/standing.ts';
import { statuses } from '../src/store/kept-offers.ts';
import { anActOf } from './builders.ts';

describe('the vocabulary', () => {
  it.each(Object.keys(vocabulary['consent.updated']!.may))('knows %s as a consent that is read', (consent) => {
    const facts = factsOf(anActOf('ada', { name: 'consent.updated', properties: { [consent]: true } }));
    expect(facts).toMatchObject([{ fact: consent, value: 'granted' }]);
  });

  it.each(statuses.filter((status) => status !== 'made'))(
    'knows that an offer was %s, and how it is named',
    (status) => {
      expect(vocabulary[`offer.${status}`]?.either).toEqual(['offer_id', 'code']);
    },
  );
});
