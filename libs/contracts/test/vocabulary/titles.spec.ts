import { describe, expect, test } from '@jest/globals';
import { nameOfTitle } from '../../src/index.ts';
import { everyTerm } from './builders.ts';

describe("Segment's titles", () => {
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
    ['Application Foregrounded', 'application.foregrounded'],
    ['Application Backgrounded', 'application.backgrounded'],
    ['Application Updated', 'application.updated'],
    ['Application Uninstalled', 'application.uninstalled'],
    ['Application Crashed', 'application.crashed'],
    ['Install Attributed', 'install.attributed'],
    ['Push Notification Received', 'push_notification.received'],
    ['Push Notification Tapped', 'push_notification.tapped'],
    ['Push Notification Bounced', 'push_notification.bounced'],
    ['Deep Link Opened', 'deep_link.opened'],
    ['Deep Link Clicked', 'deep_link.clicked'],
    ['Segment Consent Preference Updated', 'consent.updated'],
  ])('%s is %s', (title, name) => {
    expect(nameOfTitle(title)).toBe(name);
  });
});

describe('other names', () => {
  test.each([
    ['Completed Order', 'order.completed'],
    ['Refunded Order', 'order.refunded'],
    ['Cancelled Order', 'order.cancelled'],
    ['Viewed Checkout Step', 'checkout_step.viewed'],
    ['Removed Product', 'product.removed'],
    ['Entered Coupon', 'coupon.entered'],
    ['Placed Order', 'order.completed'],
    ['Order Placed', 'order.completed'],
    ['purchase', 'order.completed'],
    ['view_item', 'product.viewed'],
    ['view_item_list', 'product_list.viewed'],
    ['select_item', 'product.clicked'],
    ['add_to_cart', 'product.added'],
    ['AddToCart', 'product.added'],
    ['remove_from_cart', 'product.removed'],
    ['view_cart', 'cart.viewed'],
    ['begin_checkout', 'checkout.started'],
    ['InitiateCheckout', 'checkout.started'],
    ['add_payment_info', 'payment_info.entered'],
    ['view_promotion', 'promotion.viewed'],
    ['select_promotion', 'promotion.clicked'],
    ['search', 'products.searched'],
    ['refund', 'order.refunded'],
    ['add_to_wishlist', 'product.added_to_wishlist'],
    ['page_view', 'page.viewed'],
    ['Unsubscribed', 'message.unsubscribed'],
    ['Opted Out', 'message.unsubscribed'],
  ])('%s is %s', (title, name) => {
    expect(nameOfTitle(title)).toBe(name);
  });
});

describe.each(everyTerm)('the activity %s', (name, { titles }) => {
  test('is found by its name and by each title in any spelling', () => {
    const writings = [name, ...titles].flatMap((title) => [
      title,
      title.toUpperCase(),
      title.replaceAll(/[ .-]/g, '_'),
      title.replaceAll(/[ ._]/g, '-'),
      ` ${title}! `,
      title.replaceAll(/[^A-Za-z]/g, ''),
    ]);
    expect(writings.filter((writing) => nameOfTitle(writing) !== name)).toEqual([]);
  });
});

test('no two activities share a title', () => {
  const letters = everyTerm.flatMap(([name, { titles }]) => [
    ...new Set([name, ...titles].map((title) => title.toLowerCase().replaceAll(/[^a-z]/g, ''))),
  ]);
  expect(letters.length).toBe(new Set(letters).size);
});

test.each(['Gift Wrapped', 'Order', 'Completed', '', ' ', 'constructor', '__proto__', 'toString', '注文 完了'])(
  '%j is not a title',
  (title) => {
    expect(nameOfTitle(title)).toBeUndefined();
  },
);
