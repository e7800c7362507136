import { id, label, text } from '../field.ts';
import { product, productNamed, products } from '../products.ts';
import { currency } from '../sums.ts';
import type { Chapter } from '../term.ts';

const wished = {
  wishlist_id: id('The wishlist.'),
  wishlist_name: label('What the wishlist is called.'),
  ...product,
  currency,
};
const shared = {
  share_via: label('How: mail, chat, a link.'),
  share_message: text('What was written with it.'),
  recipient: label('With whom.'),
};
const cart_id = id('The cart.');
const example = { wishlist_id: 'w-1', product_id: 'p-104', price: 129 };

export const sharing: Chapter = {
  title: 'Wishlists and sharing',
  says: "As in Segment's e-commerce specification v2.",
  terms: {
    'product.added_to_wishlist': {
      titles: ['Product Added to Wishlist', 'Add to Wishlist', 'Added to Wishlist'],
      says: 'Somebody put a product on a wishlist.',
      must: {},
      either: productNamed,
      may: wished,
      example,
    },
    'product.removed_from_wishlist': {
      titles: ['Product Removed from Wishlist'],
      says: 'Somebody took a product off a wishlist.',
      must: {},
      either: productNamed,
      may: wished,
      example,
    },
    'wishlist_product.added_to_cart': {
      titles: ['Wishlist Product Added to Cart'],
      says: 'Somebody moved a product from a wishlist into the cart.',
      must: {},
      either: productNamed,
      may: { ...wished, cart_id },
      example: { ...example, cart_id: 'c-1' },
    },
    'product.shared': {
      titles: ['Product Shared'],
      says: 'Somebody showed a product to others.',
      must: {},
      either: productNamed,
      may: { ...shared, ...product, currency },
      example: { share_via: 'chat', product_id: 'p-104' },
    },
    'cart.shared': {
      titles: ['Cart Shared'],
      says: 'Somebody showed the cart to others.',
      must: {},
      may: { ...shared, cart_id, products: products('The products in the cart.') },
      example: { share_via: 'mail', cart_id: 'c-1', products: [{ product_id: 'p-104' }] },
    },
  },
};
