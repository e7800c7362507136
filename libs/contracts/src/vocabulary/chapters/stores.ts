import { amount, flag, id, label, number } from '../field.ts';
import { lines, productNamed } from '../products.ts';
import { currency } from '../sums.ts';
import type { Chapter } from '../term.ts';

const store_id = id('The store.');
const asked = { product_id: id('The product in your database.'), sku: id('Its article number.'), store_id };
const price = amount('The price that was said or charged.');

export const stores: Chapter = {
  title: 'Store and service',
  says: 'What happens in a store, and whether its answers are those of the other channels.',
  terms: {
    'store.visited': {
      titles: ['Store Visited'],
      says: 'Somebody was in a store.',
      must: {},
      may: { store_id, minutes: amount('How long, in minutes.') },
      example: { store_id: 'centro', minutes: 25 },
    },
    'receipt.issued': {
      titles: ['Receipt Issued'],
      says: 'A till has issued a receipt, of a sale, a return or both. A sale itself is told by `order.completed`.',
      must: { receipt_id: id('The receipt.') },
      may: {
        order_id: id('The order.'),
        store_id,
        till_id: id('The till.'),
        total: number('What was paid; below 0 where money was given back.'),
        tax: number('The tax.'),
        discount: number('What was taken off.'),
        currency,
        payment_method: label('How it was paid.'),
        products: lines('The lines of the receipt.'),
      },
      example: {
        receipt_id: 'r-2042',
        store_id: 'centro',
        total: 73,
        currency: 'EUR',
        products: [
          { sku: '4006381333931', price: 98, quantity: 1 },
          { sku: '4006381333948', price: 25, quantity: -1 },
        ],
      },
    },
    'queue.waited': {
      titles: ['Queue Waited'],
      says: 'Somebody stood in a queue.',
      must: { minutes: amount('How long, in minutes.') },
      may: { store_id, queue: label('Which one: the till, the fitting rooms, the phone.') },
      example: { minutes: 4, store_id: 'centro', queue: 'till' },
    },
    'service.received': {
      titles: ['Service Received'],
      says: 'Somebody was served: advised, fitted, helped.',
      must: {},
      may: { minutes: amount('How long it took, in minutes.'), store_id, service: label('What was done.') },
      example: { minutes: 12, store_id: 'centro', service: 'advice' },
    },
    'price.answered': {
      titles: ['Price Answered'],
      says: 'Somebody asked for a price and was told one.',
      must: {},
      either: productNamed,
      may: { ...asked, price, currency },
      example: { sku: '4006381333931', price: 34, currency: 'EUR', store_id: 'centro' },
    },
    'stock.answered': {
      titles: ['Stock Answered'],
      says: 'Somebody asked whether something is there and was told.',
      must: {},
      either: productNamed,
      may: { ...asked, in_stock: flag('Whether it is there.'), quantity: amount('How many are there.') },
      example: { sku: '4006381333931', in_stock: false, store_id: 'centro' },
    },
    'price.differed': {
      titles: ['Price Differed'],
      says: 'Another price held here than elsewhere.',
      must: {},
      may: { ...asked, price, expected_price: amount('The price that was seen elsewhere.'), currency },
      example: { product_id: 'p-106', price: 34, expected_price: 29, currency: 'EUR' },
    },
    'stock.differed': {
      titles: ['Stock Differed'],
      says: 'Something was not there, although another channel had said so.',
      must: {},
      may: asked,
      example: { product_id: 'p-106', store_id: 'centro' },
    },
    'answer.differed': {
      titles: ['Answer Differed'],
      says: 'Two channels gave two answers to one question.',
      must: {},
      may: { about: label('What it was about.'), contact_id: id('The contact with the call centre.'), store_id },
      example: { about: 'return within 30 days' },
    },
  },
};
