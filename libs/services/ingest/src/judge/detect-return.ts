import { bareName, isObject, numberIn, type Violation } from '@sestante/contracts';

type Properties = Readonly<Record<string, unknown>>;

export interface SaleOrReturn {
  readonly name: string;
  readonly properties: Properties;
  readonly violations: readonly Violation[];
}

const sums = new Set([
  'revenue',
  'total',
  'value',
  'subtotal',
  'ordervalue',
  'orderrevenue',
  'ordertotal',
  'grandtotal',
  'totalprice',
]);

/** Exports of sales contain returns as orders with amounts below 0. Such an order becomes a return, with its amount as refund. */
export function detectReturn(name: string, properties: Properties): SaleOrReturn {
  if (name !== 'order.completed' || !hasMinus(properties)) return { name, properties, violations: [] };
  const given = Object.entries(properties).flatMap(([field, value]) => {
    const amount = sums.has(bareName(field)) ? amountOf(value) : undefined;
    return amount === undefined ? [] : [{ field, amount }];
  });
  const isBelow = given.length > 0 ? given.every(({ amount }) => amount < 0) : areAllBack(properties);
  if (!isBelow) return { name, properties, violations: [] };
  const rest = Object.fromEntries(
    Object.entries(properties).filter(([field]) => !given.some((sum) => sum.field === field)),
  );
  const paid = given.find(({ field }) => bareName(field) === 'revenue') ?? given[0];
  const refund = paid && { refund: Math.abs(paid.amount) };
  return { name: 'return.completed', properties: { ...rest, ...refund }, violations: [readAsReturn] };
}

/** A quick check: almost no order has a minus. */
function hasMinus(properties: Properties): boolean {
  return Object.values(properties).some((value) => {
    if (Array.isArray(value)) return isObject(value[0]) && hasMinus(value[0] as Properties);
    return typeof value === 'number' ? value < 0 : typeof value === 'string' && /[-−]/.test(value);
  });
}

const amountOf = (value: unknown) =>
  typeof value === 'string' ? numberIn(value) : typeof value === 'number' ? value : undefined;

/** Whether there are products, and the quantity of each is below 0. */
function areAllBack(properties: Properties): boolean {
  const lists = ['products', 'items'].map((name) => properties[name]);
  const products = lists.find((list) => Array.isArray(list)) as readonly unknown[] | undefined;
  const items = products ?? [properties];
  return (
    items.length > 0 && items.every((item) => isObject(item) && (amountOf((item as Properties)['quantity']) ?? 0) < 0)
  );
}

const readAsReturn: Violation = {
  code: 'name-unclear',
  field: 'event',
  reason: 'the amounts are below 0: the event was processed as `return.completed`',
};
