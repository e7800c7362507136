import { id, label, text } from '../field.ts';
import { product, productIds, products } from '../products.ts';
import { currency } from '../sums.ts';
import type { Chapter } from '../term.ts';

const wished = {
  wishlist_id: id('The wishlist.'),
  wishlist_name: label('The name of the wishlist.'),
  ...product,
  currency,
};
const shared = {
  share_via: label('The medium: mail, chat, a link.'),
  share_message: text('The message sent with it.'),
  recipient: label('The recipient.'),
};
const cart_id = id('The cart.');
const example = { wishlist_id: 'w-1', product_id: 'p-104', price: 129 };

export const sharing: Chapter = {
  title: 'Wishlists and sharing',
  description: "As in Segment's e-commerce specification v2.",
  terms: {
    'product.added_to_wishlist': {
      titles: ['Product Added to Wishlist', 'Add to Wishlist', 'Added to Wishlist'],
      description: 'Somebody added a product to a wishlist.',
      must: {},
      either: productIds,
      may: wished,
      example,
    },
    'product.removed_from_wishlist': {
      titles: ['Product Removed from Wishlist'],
      description: 'Somebody removed a product from a wishlist.',
      must: {},
      either: productIds,
      may: wished,
      example,
    },
    'wishlist_product.added_to_cart': {
      titles: ['Wishlist Product Added to Cart'],
      description: 'Somebody moved a product from a wishlist into the cart.',
      must: {},
      either: productIds,
      may: { ...wished, cart_id },
      example: { ...example, cart_id: 'c-1' },
    },
    'product.shared': {
      titles: ['Product Shared'],
      description: 'Somebody shared a product with others.',
      must: {},
      either: productIds,
      may: { ...shared, ...product, currency },
      example: { share_via: 'chat', product_id: 'p-104' },
    },
    'cart.shared': {
      titles: ['Cart Shared'],
      description: 'Somebody shared the cart with others.',
      must: {},
      may: { ...shared, cart_id, products: products('The products in the cart.') },
      example: { share_via: 'mail', cart_id: 'c-1', products: [{ product_id: 'p-104' }] },
    },
  },
};
