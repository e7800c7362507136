import type { Activity } from '../activity.ts';
import type { Evidence, Signal } from '../evidence.ts';
import { applyRule } from '../rules/rule.ts';
import type { Model } from './model.ts';
import { readPurchase } from './purchases.ts';

const nothing: readonly Signal[] = [];

/**
 * Reads an activity: the signals of every rule of the model that applies, in the order of the rules, and whether it is a purchase.
 * The weights are at most those that the model allows for one activity, multiplied by the trust in who vouches for it.
 * Never throws. A rule does not apply if its properties are missing or of another type. Without a rule there are no signals.
 */
export function read(model: Model, activity: Activity): Evidence {
  const { activityId, name, at, channel, vouchedBy } = activity;
  const trust = model.trustOf[vouchedBy];
  const signals = trust > 0 ? weighed(signalsOf(model, activity), model.mostPerActivity, trust) : nothing;
  const purchase = trust > 0 ? readPurchase(model.purchases, activity) : undefined;
  const evidence = { activityId, name, at, channel, vouchedBy, signals };
  return purchase === undefined ? evidence : { ...evidence, purchase };
}

function signalsOf(model: Model, activity: Activity): readonly Signal[] {
  const rules = model.rulesOf.get(activity.name);
  if (rules === undefined) return nothing;
  return rules.length === 1 ? applyRule(rules[0]!, activity) : rules.flatMap((rule) => applyRule(rule, activity));
}

/** A weight that is too small for a number has no effect. */
function weighed(signals: readonly Signal[], most: number, trust: number): readonly Signal[] {
  if (trust === 1 && isAtMost(signals, most)) return signals;
  return signals
    .map((signal) => ({ ...signal, weight: signal.weight * Math.min(1, most / weightOf(signals, signal)) * trust }))
    .filter(({ weight }) => weight > 0);
}

/** Whether all weights are together at most this: then those of each element are. */
function isAtMost(signals: readonly Signal[], most: number): boolean {
  let sum = 0;
  for (const { weight } of signals) sum += weight;
  return sum <= most;
}

/** The sum of the weights for the same element. */
function weightOf(signals: readonly Signal[], { element }: Signal): number {
  return signals.reduce((sum, signal) => (signal.element === element ? sum + signal.weight : sum), 0);
}
