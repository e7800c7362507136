import { amount, type Fields, id, label, listOf, number, text } from './field.ts';

/** A product as in Segment's specification, with the additional field `title`. */
export const product = {
  product_id: id('The id of the product in your database.'),
  sku: id('The article number or EAN, as visible to customers.'),
  category: label('Its category.'),
  name: label('Its name. Later topics contain `title` instead, because a `name` may be that of a person.'),
  title: label('Its name, as contained in later topics.'),
  brand: label('Its brand.'),
  variant: label('Its variant, such as a colour or a size.'),
  price: amount('The price per unit.'),
  quantity: amount('The quantity.'),
  coupon: label('The coupon used for it.'),
  position: amount('Its position in a list.'),
  url: text('The address of its page.'),
  image_url: text('The address of its picture.'),
} satisfies Fields;

/** At least one of these must identify the product. */
export const productIds = ['product_id', 'sku'] as const;

export const products = listOf(product);

/** Lines of an order or a receipt. Tills write deposits, discounts and returns as numbers below 0. */
export const lines = listOf({
  ...product,
  price: number('The price per unit; below 0 for a returned deposit or a discount.'),
  quantity: number('The quantity; below 0 for a return.'),
});
