import { describe, expect, it } from '@jest/globals';
import { vocabulary } from '@sestante/contracts';
import { statuses } from '../src/store/offers.ts';

describe('the vocabulary', () => {
  it.each(statuses.filter((status) => status !== 'made'))(
    'has the activity that an offer was %s, with the offer by id or code',
    (status) => {
      expect(vocabulary[`offer.${status}`]?.either).toEqual(['offer_id', 'code']);
    },
  );
});
