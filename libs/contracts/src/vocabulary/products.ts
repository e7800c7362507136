import { amount, type Fields, id, label, listOf, number, text } from './field.ts';

/** A product as Segment's specification describes it, and its title. */
export const product = {
  product_id: id('The product in your database.'),
  sku: id('The product as customers may see it: an article number, an EAN.'),
  category: label('Its category.'),
  name: label('Its name. Later topics do not carry it, because a `name` may be that of a person; they carry `title`.'),
  title: label('Its name, as later topics carry it.'),
  brand: label('Its brand.'),
  variant: label('Its variant: a colour, a size.'),
  price: amount('The price of one.'),
  quantity: amount('How many, or how much.'),
  coupon: label('The coupon that goes with it.'),
  position: amount('Its place in a list.'),
  url: text('Its page.'),
  image_url: text('Its picture.'),
} satisfies Fields;

/** One of these must name the product. */
export const productNamed = ['product_id', 'sku'] as const;

export const products = listOf(product);

/** Lines of an order or a receipt. Tills write deposits, discounts and what was given back below 0. */
export const lines = listOf({
  ...product,
  price: number('The price of one; below 0 for a deposit that was given back, or a discount.'),
  quantity: number('How many, or how much; below 0 where it was given back.'),
});
