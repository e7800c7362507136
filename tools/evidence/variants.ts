import type { Activity } from '@sestante/engagement';
import { randomFrom } from './bootstrap.ts';
import { type Household, householdOf } from './households.ts';

/** The same households, as another shop would know them. */
export interface Variant {
  readonly name: string;
  readonly households: readonly Household[];
}

/** Shops that know less: no discounts, or a fifth of the baskets. The seed chooses the baskets. */
export function variantsOf(households: readonly Household[], seed: number): Variant[] {
  const random = randomFrom(seed);
  return [
    { name: 'as they are', households },
    { name: 'discounts and coupons unknown', households: changed(households, withoutDiscount) },
    { name: 'everything at full price', households: changed(households, atFullPrice) },
    { name: 'a fifth of the baskets', households: changed(households, (one) => (random() < 0.2 ? one : undefined)) },
  ];
}

type Change = (activity: Activity) => Activity | undefined;

function changed(households: readonly Household[], change: Change): Household[] {
  return households.map(({ id, activities }) =>
    householdOf(
      id,
      activities.map(change).filter((one) => one !== undefined),
    ),
  );
}

function withoutDiscount(activity: Activity): Activity | undefined {
  const { discount: _discount, discounts: _discounts, ...properties } = activity.properties;
  return isCoupon(activity) ? undefined : { ...activity, properties };
}

function atFullPrice(activity: Activity): Activity | undefined {
  return isCoupon(activity) ? undefined : { ...activity, properties: { ...activity.properties, discount: 0 } };
}

const isCoupon = ({ name }: Activity) => name.startsWith('coupon.');
