/** A name in lower case without separators: the same for `order_id`, `orderId`, `order.id` and `Order ID`. */
export function bareName(name: string): string {
  return name.toLowerCase().replaceAll(/[_. -]/g, '');
}
