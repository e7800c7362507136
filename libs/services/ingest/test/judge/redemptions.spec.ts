import { describe, expect, test } from '@jest/globals';
import { activityOf, anEvent, rejectionOf } from '../builders.ts';

describe('a redemption', () => {
  const named = (event: string, properties: object) => activityOf(anEvent({ event, properties })).name;

  test.each([
    ['Voucher Redeemed', { code: 'hyv61-vyab2' }],
    ['Gutschein eingelöst', { offer_id: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a02' }],
    ['Voucher Redeemed', { offerId: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a02' }],
    ['Coupon Redeemed', { Code: 'HYV61VYAB2' }],
    ['Coupon Redeemed', { coupon_code: 'HYV61–VYAB2' }],
    ['Coupon Redeemed', { coupon: 'HYV61VYAB2' }],
    ['Offer Redemption', { code: 'HYV61VYAB2' }],
    ['Offer Used', { code: 'HYV61VYAB2' }],
    ['Gutschein eingeloest', { code: 'HYV61VYAB2' }],
    ['Gutschein Einlösung', { code: 'HYV61VYAB2' }],
  ])('%s with %j is that of an offer', (event, properties) => {
    expect(named(event, properties)).toBe('offer.redeemed');
  });

  test.each([
    ['Coupon Redeemed', { coupon_id: 'AUTUMN' }],
    ['Points Redeemed', { points: 50 }],
    ['Offer Not Redeemed', { code: 'HYV61VYAB2' }],
    ['Coupon Redeem Failed', { code: 'HYV61VYAB2' }],
    ['Offer Unredeemed', { code: 'HYV61VYAB2' }],
    ['Redeemed Offer Cancelled', { code: 'HYV61VYAB2' }],
    ['Redeem Button Clicked', { code: 'HYV61VYAB2' }],
    ['Offer Redeem Page Viewed', { code: 'HYV61VYAB2' }],
  ])('%s with %j is a custom activity', (event, properties) => {
    expect(named(event, properties)).not.toBe('offer.redeemed');
  });

  test.each([
    [{ code: 'hyv61-vyab2' }, { code: 'HYV61VYAB2' }],
    [{ code: 'HYV6IVYAB2' }, { code: 'HYV61VYAB2' }],
    [{ offer_id: ' {5F0C1C0E-6F59-5C3C-9D37-0F7F5F3C7A02}' }, { offer_id: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a02' }],
  ])('has its code %j normalised to %j', (typed, read) => {
    expect(activityOf(anEvent({ event: 'Offer Redeemed', properties: typed })).properties).toEqual(read);
  });

  test.each([{}, { code: 'AUTUMN' }, { code: 'HYV61VYAB' }, { code: 7 }, { offer_id: 'o-1' }, { coupon_id: 'x' }])(
    'without an offer of Sestante is rejected: %j',
    (properties) => {
      for (const event of ['Offer Redeemed', 'Offer Dismissed'])
        expect(rejectionOf(anEvent({ event, properties }))?.code).toBe('offer-unclear');
    },
  );
});
