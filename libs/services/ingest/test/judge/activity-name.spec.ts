import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { normaliseName } from '../../src/judge/activity-name.ts';
import { activityOf, anEvent, rejectionOf } from '../builders.ts';

describe("a name of Segment's vocabulary", () => {
  test.each([
    ['Products Searched', 'products.searched'],
    ['Product List Viewed', 'product_list.viewed'],
    ['Product List Filtered', 'product_list.filtered'],
    ['Promotion Viewed', 'promotion.viewed'],
    ['Promotion Clicked', 'promotion.clicked'],
    ['Product Clicked', 'product.clicked'],
    ['Product Viewed', 'product.viewed'],
    ['Product Added', 'product.added'],
    ['Product Removed', 'product.removed'],
    ['Cart Viewed', 'cart.viewed'],
    ['Checkout Started', 'checkout.started'],
    ['Checkout Step Viewed', 'checkout_step.viewed'],
    ['Checkout Step Completed', 'checkout_step.completed'],
    ['Payment Info Entered', 'payment_info.entered'],
    ['Order Updated', 'order.updated'],
    ['Order Completed', 'order.completed'],
    ['Order Refunded', 'order.refunded'],
    ['Order Cancelled', 'order.cancelled'],
    ['Coupon Entered', 'coupon.entered'],
    ['Coupon Applied', 'coupon.applied'],
    ['Coupon Denied', 'coupon.denied'],
    ['Coupon Removed', 'coupon.removed'],
    ['Product Added to Wishlist', 'product.added_to_wishlist'],
    ['Product Removed from Wishlist', 'product.removed_from_wishlist'],
    ['Wishlist Product Added to Cart', 'wishlist_product.added_to_cart'],
    ['Product Shared', 'product.shared'],
    ['Cart Shared', 'cart.shared'],
    ['Product Reviewed', 'product.reviewed'],
    ['Application Installed', 'application.installed'],
    ['Application Opened', 'application.opened'],
    ['Push Notification Received', 'push_notification.received'],
    ['Deep Link Clicked', 'deep_link.clicked'],
    ['Segment Consent Preference Updated', 'segment_consent_preference.updated'],
  ])('%s is %s', (theirs, ours) => {
    expect(normaliseName(theirs)).toBe(ours);
  });
});

describe('a name', () => {
  test.each([
    ['of ours stays', 'delivery.arrived', 'delivery.arrived'],
    ['of ours with underscores stays', 'payment.difficulty_reported', 'payment.difficulty_reported'],
    ['of ours in capitals becomes small', 'Contact.After_Opt_Out', 'contact.after_opt_out'],
    ['in snake case', 'order_completed', 'order.completed'],
    ['in kebab case', 'order-completed', 'order.completed'],
    ['with many spaces', '  Order   Completed ', 'order.completed'],
    ['with signs', 'Order: Completed!', 'order.completed'],
    ['with three parts', 'shop.order.completed', 'shop_order.completed'],
    ['of one word', 'Purchase', 'purchase'],
    ['with digits', 'Step 2 Viewed', 'step_2.viewed'],
    ['in German', 'Größe Geändert', 'größe.geändert'],
    ['in Greek', 'Παραγγελία Ολοκληρώθηκε', 'παραγγελία.ολοκληρώθηκε'],
    ['in Hindi, whose vowels are marks', 'उत्पाद देखा', 'उत्पाद.देखा'],
    ['in Japanese', '注文 完了', '注文.完了'],
  ])('%s', (_, given, name) => {
    expect(normaliseName(given)).toBe(name);
  });

  test('is the same whether an accent is a character of its own or not', () => {
    expect(normaliseName('Commande Passe\u0301e')).toBe(normaliseName('Commande Pass\u00e9e'));
  });

  test.each(['', ' ', '...', '—', '🎁', '\n'])('of %j says nothing', (given) => {
    expect(normaliseName(given)).toBeUndefined();
    expect(rejectionOf(anEvent({ event: given }))?.code).toBe('name-missing');
  });

  test('that is ours already stays as it is, whatever it was before', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (given) => {
        const name = normaliseName(given);
        fc.pre(name !== undefined);
        expect(normaliseName(name!)).toBe(name);
      }),
    );
  });

  test.each([
    [127, true],
    [128, true],
    [129, false],
  ])('of %d characters is taken: %s', (length, isTaken) => {
    const event = 'x'.repeat(length);
    expect(rejectionOf(anEvent({ event }))?.code).toBe(isTaken ? undefined : 'name-too-long');
  });

  test('is measured as it is kept, without the spaces around it', () => {
    expect(activityOf(anEvent({ event: ` ${'x'.repeat(128)} ` })).name).toHaveLength(128);
  });
});
