import { join } from 'node:path';
import { Fault } from '../sestante/fault.ts';
import { numberOf, textOf, timeOf } from './fields.ts';
import { type HouseholdEvent, storeEvent } from './household-event.ts';
import { type Row, readRows } from './rows.ts';

const file = 'transactions_sample.csv.gz';
const columns = [
  'household_id',
  'store_id',
  'basket_id',
  'product_id',
  'quantity',
  'sales_value',
  'retail_disc',
  'coupon_disc',
  'coupon_match_disc',
  'transaction_timestamp',
] as const;
type Line = Row<(typeof columns)[number]>;

interface Basket {
  readonly id: string;
  readonly household: string;
  readonly store: string;
  readonly timestamp: string;
  readonly products: { product_id: string; quantity: number; price: number }[];
  readonly sums: { revenue: number; card: number; coupon: number; couponMatch: number };
}

/** Reads the receipts: the lines of a basket become one `Order Completed`. Throws `Fault`. */
export async function readOrders(folder: string): Promise<HouseholdEvent[]> {
  const baskets = new Map<string, Basket>();
  await readRows(join(folder, file), columns, (line) => {
    const id = textOf(line, 'basket_id');
    const basket = baskets.get(id) ?? emptyBasket(id, line);
    if (basket.household !== textOf(line, 'household_id'))
      throw new Fault(`${line.position}: basket ${id} belongs to household ${basket.household} in an earlier line.`);
    baskets.set(id, basket);
    addLine(basket, line);
  });
  return [...baskets.values()].map(toOrder);
}

function emptyBasket(id: string, line: Line): Basket {
  return {
    id,
    household: textOf(line, 'household_id'),
    store: textOf(line, 'store_id'),
    timestamp: timeOf(line, 'transaction_timestamp'),
    products: [],
    sums: { revenue: 0, card: 0, coupon: 0, couponMatch: 0 },
  };
}

/** `sales_value` is the amount that the store received for the line. Fuel has a quantity in thousands and a price far below a cent. */
function addLine({ products, sums }: Basket, line: Line): void {
  const [quantity, paid] = [numberOf(line, 'quantity'), numberOf(line, 'sales_value')];
  products.push({ product_id: textOf(line, 'product_id'), quantity, price: rounded(paid / (quantity || 1), 5) });
  sums.revenue += paid;
  sums.card += numberOf(line, 'retail_disc');
  sums.coupon += numberOf(line, 'coupon_disc');
  sums.couponMatch += numberOf(line, 'coupon_match_disc');
}

function toOrder({ id, household, store, timestamp, products, sums }: Basket): HouseholdEvent {
  const { revenue, card, coupon, couponMatch } = sums;
  return storeEvent({
    household,
    id: `order:${id}`,
    event: 'Order Completed',
    timestamp,
    properties: {
      order_id: id,
      store_id: store,
      currency: 'USD',
      revenue: rounded(revenue, 2),
      discount: rounded(card + coupon + couponMatch, 2),
      discounts: { card: rounded(card, 2), coupon: rounded(coupon, 2), coupon_match: rounded(couponMatch, 2) },
      products,
    },
  });
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
