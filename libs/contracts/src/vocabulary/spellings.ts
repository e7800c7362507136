import { bareName } from './bare-name.ts';
import type { Fields } from './field.ts';

/** Unambiguous other names of fields, in lower case without separators. Used only for activities that have the field. */
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
  wording: ['consenttext'],
};

/** The maximum size of the cache of lookups, because the number of names has no limit. */
const maxCached = 1_000;
const aName = /^[\p{L}\p{N}_. -]{1,40}$/u;

/** Creates a lookup from another spelling to the name of a field; undefined if it is no spelling of a field. */
export function spellingsOf(fields: Fields): (name: string) => string | undefined {
  const fieldBySpelling = new Map<string, string>();
  for (const field of Object.keys(fields))
    for (const other of otherNames[field] ?? []) if (!fieldBySpelling.has(other)) fieldBySpelling.set(other, field);
  // The name of a field takes precedence over another name of another field.
  for (const field of Object.keys(fields)) fieldBySpelling.set(bareName(field), field);
  const cached = new Map<string, string | undefined>();
  return (name) => {
    if (cached.has(name)) return cached.get(name);
    const field = aName.test(name) ? fieldBySpelling.get(bareName(name)) : undefined;
    if (cached.size < maxCached) cached.set(name, field);
    return field;
  };
}
