/** A name in small letters without marks: what `order_id`, `orderId`, `order.id` and `Order ID` have in common. */
export function bareName(name: string): string {
  return name.toLowerCase().replaceAll(/[_. -]/g, '');
}
