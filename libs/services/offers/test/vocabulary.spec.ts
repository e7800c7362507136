import { describe, expect, it } from '@jest/globals';
import { vocabulary } from '@sestante/contracts';
import { statuses } from '../src/store/kept-offers.ts';

describe('the vocabulary', () => {
  it.each(statuses.filter((status) => status !== 'made'))(
    'knows that an offer was %s, and how it is named',
    (status) => {
      expect(vocabulary[`offer.${status}`]?.either).toEqual(['offer_id', 'code']);
    },
  );
});
