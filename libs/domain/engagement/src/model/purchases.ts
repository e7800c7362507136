import { between, fieldsOf, isGiven, type JsonNode, textsIn } from '@sestante/rules';
import type { Activity } from '../activity.ts';
import { activityNameIn, numberOr } from '../document/leaf.ts';
import type { Purchase } from '../evidence.ts';
import { amountOf } from '../rules/amount.ts';
import { type Matters, oncePerIn } from '../rules/matter.ts';
import { numberOf, type Property, propertyIn } from '../rules/property.ts';

/** A compiled `PurchasesDocument`. */
export interface Purchases {
  readonly activities: ReadonlySet<string>;
  readonly matters: Matters | undefined;
  readonly amount: Property | undefined;
  readonly mostTimesUsual: number;
}

const mostActivities = 20;
const defaultMost = 5;

/** Of a model without purchases. */
const none: Purchases = {
  activities: new Set(),
  matters: undefined,
  amount: undefined,
  mostTimesUsual: defaultMost,
};

/** Compiles a `PurchasesDocument`, if it is given. */
export function purchasesIn(node: JsonNode): Purchases {
  if (!isGiven(node)) return none;
  const fields = fieldsOf(node, ['activities', 'oncePer', 'amount', 'mostTimesUsual']);
  return {
    activities: new Set(textsIn(fields.activities, mostActivities, activityNameIn)),
    matters: isGiven(fields.oncePer) ? oncePerIn(fields.oncePer) : undefined,
    amount: isGiven(fields.amount) ? propertyIn(fields.amount) : undefined,
    mostTimesUsual: numberOr(fields.mostTimesUsual, between(1, 100), defaultMost),
  };
}

/** The activity as a purchase; undefined if it is none. An amount of 0 or less is no amount. */
export function readPurchase(purchases: Purchases, activity: Activity): Purchase | undefined {
  if (!purchases.activities.has(activity.name)) return undefined;
  const purchase: { -readonly [Name in keyof Purchase]: Purchase[Name] } = {};
  const { amount, matters } = purchases;
  if (amount !== undefined && (numberOf(amount, activity.properties) ?? 0) > 0) {
    const read = amountOf(amount, activity.properties);
    if (read) purchase.amount = read;
  }
  const once = matters?.keyOf(activity);
  if (once !== undefined) purchase.once = once;
  return purchase;
}
