import { amount, anything, id, label, listOf, query } from '../field.ts';
import { product, productIds, products } from '../products.ts';
import { currency } from '../sums.ts';
import type { Chapter } from '../term.ts';

const list = {
  list_id: id('The list.'),
  category: label('The category that the list shows.'),
  products: products('The products in the list.'),
};
const choice = { type: label('The property.'), value: anything('The selected value.') };
const cart_id = id('The cart.');
const seen = { ...product, currency, value: amount('The total price.') };
const scarf = { product_id: 'p-101', sku: 'SCARF-BLUE', title: 'wool scarf', price: 39, currency: 'EUR' };
const put = { cart_id: 'c-1', product_id: 'p-101', price: 39, quantity: 1 };

export const shopping: Chapter = {
  title: 'Shopping',
  description: "From the search to the cart, as in Segment's e-commerce specification v2.",
  terms: {
    'products.searched': {
      titles: ['Products Searched', 'Search', 'View Search Results'],
      description: 'Somebody searched for products.',
      must: {},
      may: { query: query('The search query.'), result_count: amount('The number of products found.') },
      example: { query: 'rain jacket', result_count: 12 },
    },
    'product_list.viewed': {
      titles: ['Product List Viewed', 'Viewed Product Category', 'View Item List'],
      description: 'Somebody viewed a list or a category.',
      must: {},
      may: list,
      example: { list_id: 'autumn', category: 'Jackets', products: [{ product_id: 'p-104', price: 129, position: 1 }] },
    },
    'product_list.filtered': {
      titles: ['Product List Filtered'],
      description: 'Somebody filtered or sorted a list.',
      must: {},
      may: {
        ...list,
        filters: listOf(choice)('The filters.'),
        sorts: listOf(choice)('The sort order.'),
      },
      example: { list_id: 'autumn', filters: [{ type: 'size', value: 'M' }], sorts: [{ type: 'price', value: 'asc' }] },
    },
    'product.clicked': {
      titles: ['Product Clicked', 'Select Item'],
      description: 'Somebody clicked on a product.',
      must: {},
      either: productIds,
      may: seen,
      example: { ...scarf, position: 3 },
    },
    'product.viewed': {
      titles: ['Product Viewed', 'View Item', 'View Content'],
      description: 'Somebody viewed a product.',
      must: {},
      either: productIds,
      may: seen,
      example: scarf,
    },
    'product.added': {
      titles: ['Product Added', 'Add to Cart', 'Added to Cart'],
      description: 'Somebody added a product to the cart.',
      must: {},
      either: productIds,
      may: { cart_id, ...seen },
      example: put,
    },
    'product.removed': {
      titles: ['Product Removed', 'Remove from Cart', 'Removed from Cart'],
      description: 'Somebody removed a product from the cart.',
      must: {},
      either: productIds,
      may: { cart_id, ...seen },
      example: put,
    },
    'cart.viewed': {
      titles: ['Cart Viewed', 'View Cart'],
      description: 'Somebody viewed the cart.',
      must: {},
      may: { cart_id, products: products('The products in the cart.') },
      example: { cart_id: 'c-1', products: [{ product_id: 'p-101', price: 39, quantity: 1 }] },
    },
    'recommendation.clicked': {
      titles: ['Recommendation Clicked'],
      description: 'Somebody followed a recommendation.',
      must: {},
      may: { ...seen, list_id: id('The list of recommendations.') },
      example: { product_id: 'p-105', list_id: 'you-may-like', position: 2 },
    },
  },
};
