import { amount, anything, id, label, listOf, query } from '../field.ts';
import { product, productNamed, products } from '../products.ts';
import { currency } from '../sums.ts';
import type { Chapter } from '../term.ts';

const list = {
  list_id: id('The list.'),
  category: label('The category that it shows.'),
  products: products('The products in it.'),
};
const choice = { type: label('By what.'), value: anything('What was chosen.') };
const cart_id = id('The cart.');
const seen = { ...product, currency, value: amount('The price of all of them.') };
const scarf = { product_id: 'p-101', sku: 'SCARF-BLUE', title: 'wool scarf', price: 39, currency: 'EUR' };
const put = { cart_id: 'c-1', product_id: 'p-101', price: 39, quantity: 1 };

export const shopping: Chapter = {
  title: 'Shopping',
  says: "From the first look to the cart, as in Segment's e-commerce specification v2.",
  terms: {
    'products.searched': {
      titles: ['Products Searched', 'Search', 'View Search Results'],
      says: 'Somebody searched for products.',
      must: {},
      may: { query: query('What was searched for.'), result_count: amount('How many products were found.') },
      example: { query: 'rain jacket', result_count: 12 },
    },
    'product_list.viewed': {
      titles: ['Product List Viewed', 'Viewed Product Category', 'View Item List'],
      says: 'Somebody looked at a list or a category.',
      must: {},
      may: list,
      example: { list_id: 'autumn', category: 'Jackets', products: [{ product_id: 'p-104', price: 129, position: 1 }] },
    },
    'product_list.filtered': {
      titles: ['Product List Filtered'],
      says: 'Somebody narrowed a list down, or sorted it.',
      must: {},
      may: {
        ...list,
        filters: listOf(choice)('What it was narrowed down to.'),
        sorts: listOf(choice)('What it was sorted by.'),
      },
      example: { list_id: 'autumn', filters: [{ type: 'size', value: 'M' }], sorts: [{ type: 'price', value: 'asc' }] },
    },
    'product.clicked': {
      titles: ['Product Clicked', 'Select Item'],
      says: 'Somebody clicked on a product.',
      must: {},
      either: productNamed,
      may: seen,
      example: { ...scarf, position: 3 },
    },
    'product.viewed': {
      titles: ['Product Viewed', 'View Item', 'View Content'],
      says: 'Somebody looked at a product.',
      must: {},
      either: productNamed,
      may: seen,
      example: scarf,
    },
    'product.added': {
      titles: ['Product Added', 'Add to Cart', 'Added to Cart'],
      says: 'Somebody put a product into the cart.',
      must: {},
      either: productNamed,
      may: { cart_id, ...seen },
      example: put,
    },
    'product.removed': {
      titles: ['Product Removed', 'Remove from Cart', 'Removed from Cart'],
      says: 'Somebody took a product out of the cart.',
      must: {},
      either: productNamed,
      may: { cart_id, ...seen },
      example: put,
    },
    'cart.viewed': {
      titles: ['Cart Viewed', 'View Cart'],
      says: 'Somebody looked at the cart.',
      must: {},
      may: { cart_id, products: products('The products in the cart.') },
      example: { cart_id: 'c-1', products: [{ product_id: 'p-101', price: 39, quantity: 1 }] },
    },
    'recommendation.clicked': {
      titles: ['Recommendation Clicked'],
      says: 'Somebody followed a recommendation.',
      must: {},
      may: { ...seen, list_id: id('The list of recommendations.') },
      example: { product_id: 'p-105', list_id: 'you-may-like', position: 2 },
    },
  },
};
