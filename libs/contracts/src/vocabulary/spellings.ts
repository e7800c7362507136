import { bareName } from './bare-name.ts';
import type { Fields } from './field.ts';

/** What else a field is called where it can be nothing else, in small letters without marks. Read only in activities that have the field. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  order_id: ['transactionid', 'ordernumber', 'orderno', 'ordernr'],
  receipt_id: ['receiptnumber', 'receiptno'],
  product_id: ['itemid'],
  sku: ['itemsku', 'productsku', 'articlenumber', 'articleno', 'ean', 'gtin', 'barcode'],
  price: ['unitprice', 'itemprice'],
  quantity: ['qty'],
  products: ['items', 'lineitems'],
  revenue: ['value', 'ordervalue', 'orderrevenue'],
  total: ['ordertotal', 'grandtotal', 'totalprice', 'totalamount'],
  currency: ['currencycode'],
  coupon_id: ['couponcode', 'promocode', 'vouchercode', 'discountcode'],
  code: ['offercode'],
  query: ['searchterm', 'searchquery', 'searchstring'],
  rating: ['stars'],
  personalisation: ['personalization'],
};

/** Names vary; what one cost to look up is remembered, as long as there are not too many. */
const mostRemembered = 1_000;
const aName = /^[\p{L}\p{N}_. -]{1,40}$/u;

/** Which of the fields is meant by a name that is none of them; undefined where none is. */
export function spellingsOf(fields: Fields): (name: string) => string | undefined {
  const meant = new Map<string, string>();
  for (const field of Object.keys(fields))
    for (const other of otherNames[field] ?? []) if (!meant.has(other)) meant.set(other, field);
  // What a field is called itself goes before what another one may be called.
  for (const field of Object.keys(fields)) meant.set(bareName(field), field);
  const remembered = new Map<string, string | undefined>();
  return (name) => {
    if (remembered.has(name)) return remembered.get(name);
    const field = aName.test(name) ? meant.get(bareName(name)) : undefined;
    if (remembered.size < mostRemembered) remembered.set(name, field);
    return field;
  };
}
