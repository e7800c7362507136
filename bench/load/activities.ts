import { pick, type Random, whole } from './random.ts';

type Properties = Readonly<Record<string, unknown>>;

/** A kind of activity: its share in thousandths, its channels, and its properties. */
interface Kind {
  readonly event: string;
  readonly share: number;
  readonly channels: readonly ('web' | 'mobile' | 'store' | 'service')[];
  readonly properties: (choose: Random) => Properties;
}

const online = ['web', 'web', 'mobile'] as const;
const everywhere = ['web', 'mobile', 'store'] as const;
const categories = ['Dresses', 'Shoes', 'Kitchen', 'Garden', 'Toys', 'Cheese', 'Wine', 'Stationery'];
const words = ['linen shirt', 'running shoes 43', 'olive oil', 'desk lamp', 'wooden train', 'pecorino', 'garden chair'];

/** The activities of a typical retailer: many views, some searches, few orders, and sometimes a problem. */
export const kinds: readonly Kind[] = [
  { event: 'Product Viewed', share: 400, channels: online, properties: product },
  { event: 'Product List Viewed', share: 125, channels: online, properties: list },
  { event: 'Products Searched', share: 160, channels: online, properties: search },
  { event: 'Product Added', share: 90, channels: online, properties: product },
  { event: 'Order Completed', share: 80, channels: everywhere, properties: order },
  { event: 'Checkout Completed', share: 40, channels: online, properties: checkout },
  { event: 'Delivery Arrived', share: 30, channels: ['service'], properties: delivery },
  { event: 'Promise Kept', share: 15, channels: ['service'], properties: promise },
  { event: 'Promise Broken', share: 7, channels: ['service'], properties: promise },
  {
    event: 'Queue Waited',
    share: 10,
    channels: ['store'],
    properties: (choose) => ({ minutes: whole(choose, 0, 14) }),
  },
  { event: 'Coupon Applied', share: 15, channels: everywhere, properties: coupon },
  { event: 'Coupon Denied', share: 4, channels: everywhere, properties: coupon },
  { event: 'Order Refunded', share: 8, channels: everywhere, properties: order },
  { event: 'Product Reviewed', share: 8, channels: online, properties: review },
  { event: 'Thanks Received', share: 3, channels: ['service', 'store'], properties: () => ({ by: 'clerk' }) },
  { event: 'Consent Updated', share: 5, channels: online, properties: () => ({ offers: true, personalisation: true }) },
];

function product(choose: Random): Properties {
  const number = whole(choose, 1, 2_000);
  return {
    product_id: `p-${number}`,
    sku: `SKU-${100_000 + number}`,
    category: pick(choose, categories),
    price: whole(choose, 200, 19_900) / 100,
    currency: 'EUR',
    position: whole(choose, 1, 48),
    url: `https://shop.example/products/p-${number}`,
  };
}

function list(choose: Random): Properties {
  const products = Array.from({ length: 3 }, () => ({ product_id: `p-${whole(choose, 1, 2_000)}`, price: 19.9 }));
  return { list_id: `list-${whole(choose, 1, 60)}`, category: pick(choose, categories), products };
}

function search(choose: Random): Properties {
  return { query: pick(choose, words), result_count: Math.max(0, whole(choose, -2, 40)), sort: 'relevance', page: 1 };
}

function order(choose: Random): Properties {
  const products = Array.from({ length: whole(choose, 1, 3) }, () => {
    const { product_id, sku, price } = product(choose);
    return { product_id, sku, price, quantity: whole(choose, 1, 3) };
  });
  return { order_id: `o-${whole(choose, 1, 9_999_999)}`, total: whole(choose, 500, 25_000) / 100, products };
}

function checkout(choose: Random): Properties {
  return { checkout_id: `c-${whole(choose, 1, 9_999_999)}`, duration_seconds: whole(choose, 30, 500), steps: 4 };
}

function delivery(choose: Random): Properties {
  return {
    order_id: `o-${whole(choose, 1, 9_999_999)}`,
    days_late: Math.max(0, whole(choose, -6, 4)),
    carrier: 'post',
  };
}

function promise(choose: Random): Properties {
  return { promise: 'delivery on the promised day', order_id: `o-${whole(choose, 1, 9_999_999)}` };
}

function coupon(choose: Random): Properties {
  return { coupon_id: `AUTUMN${whole(choose, 1, 40)}`, discount: 5, order_id: `o-${whole(choose, 1, 9_999_999)}` };
}

function review(choose: Random): Properties {
  return { product_id: `p-${whole(choose, 1, 2_000)}`, rating: whole(choose, 1, 5), review_body: 'As described.' };
}
