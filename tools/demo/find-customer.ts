import { readApi } from '../sestante/read-api.ts';
import { Fault } from '../sestante/fault.ts';
import type { Target } from '../sestante/target.ts';
import type { Shopper } from './shop/shopper.ts';

/** The customer that Sestante takes a shopper for. Throws `Fault` if it knows none. */
export async function findCustomer(target: Target, { userId, name }: Shopper): Promise<string> {
  const { items } = await readApi<{ items: { customerId: string }[] }>(
    target,
    `/api/v1/customers?kind=user_id&value=${encodeURIComponent(userId)}`,
  );
  const [customer] = items;
  if (!customer) throw new Fault(`${name} (${userId}) did things, and Sestante does not know them.`);
  return customer.customerId;
}
