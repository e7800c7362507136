import { amount, flag, id, label, number } from '../field.ts';
import { lines, productIds } from '../products.ts';
import { currency } from '../sums.ts';
import type { Chapter } from '../term.ts';

const store_id = id('The store.');
const asked = { product_id: id('The id of the product in your database.'), sku: id('Its article number.'), store_id };
const price = amount('The quoted or charged price.');

export const stores: Chapter = {
  title: 'Store and service',
  description: 'Activities in stores and service, and whether the channels agree with each other.',
  terms: {
    'store.visited': {
      titles: ['Store Visited'],
      description: 'Somebody visited a store.',
      must: {},
      may: { store_id, minutes: amount('The duration, in minutes.') },
      example: { store_id: 'centro', minutes: 25 },
    },
    'receipt.issued': {
      titles: ['Receipt Issued'],
      description: 'A till issued a receipt for a sale, a return or both. The sale itself is `order.completed`.',
      must: { receipt_id: id('The receipt.') },
      may: {
        order_id: id('The order.'),
        store_id,
        till_id: id('The till.'),
        total: number('The amount paid; below 0 for a refund.'),
        tax: number('The tax.'),
        discount: number('The discount.'),
        currency,
        payment_method: label('The payment method.'),
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
      description: 'Somebody waited in a queue.',
      must: { minutes: amount('The duration, in minutes.') },
      may: { store_id, queue: label('The queue: till, fitting rooms, phone.') },
      example: { minutes: 4, store_id: 'centro', queue: 'till' },
    },
    'service.received': {
      titles: ['Service Received'],
      description: 'Somebody received a service, such as advice, a fitting or help.',
      must: {},
      may: { minutes: amount('The duration, in minutes.'), store_id, service: label('The kind of service.') },
      example: { minutes: 12, store_id: 'centro', service: 'advice' },
    },
    'price.answered': {
      titles: ['Price Answered'],
      description: 'Somebody asked for a price and got an answer.',
      must: {},
      either: productIds,
      may: { ...asked, price, currency },
      example: { sku: '4006381333931', price: 34, currency: 'EUR', store_id: 'centro' },
    },
    'stock.answered': {
      titles: ['Stock Answered'],
      description: 'Somebody asked whether a product is in stock and got an answer.',
      must: {},
      either: productIds,
      may: { ...asked, in_stock: flag('Whether it is in stock.'), quantity: amount('The quantity in stock.') },
      example: { sku: '4006381333931', in_stock: false, store_id: 'centro' },
    },
    'price.differed': {
      titles: ['Price Differed'],
      description: 'The price in this channel differed from the price in another channel.',
      must: {},
      may: { ...asked, price, expected_price: amount('The price in the other channel.'), currency },
      example: { product_id: 'p-106', price: 34, expected_price: 29, currency: 'EUR' },
    },
    'stock.differed': {
      titles: ['Stock Differed'],
      description: 'A product was not in stock, although another channel had shown it in stock.',
      must: {},
      may: asked,
      example: { product_id: 'p-106', store_id: 'centro' },
    },
    'answer.differed': {
      titles: ['Answer Differed'],
      description: 'Two channels gave different answers to the same question.',
      must: {},
      may: {
        about: label('The subject of the question.'),
        contact_id: id('The contact with the call centre.'),
        store_id,
      },
      example: { about: 'return within 30 days' },
    },
  },
};
