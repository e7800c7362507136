import { readApi } from '../sestante/read-api.ts';
import { Fault } from '../sestante/fault.ts';
import type { Target } from '../sestante/target.ts';
import type { Shopper } from './shop/shopper.ts';

/** Finds the customer of a shopper. Throws `Fault` if there is none. */
export async function findCustomer(target: Target, { userId, name }: Shopper): Promise<string> {
  const { items } = await readApi<{ items: { customerId: string }[] }>(
    target,
    `/api/v1/customers?kind=user_id&value=${encodeURIComponent(userId)}`,
  );
  const [customer] = items;
  if (!customer)
    throw new Fault(`Sestante has no customer for ${name} (${userId}), although their activities were sent.`);
  return customer.customerId;
}
