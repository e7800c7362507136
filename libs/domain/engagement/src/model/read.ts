import type { Activity } from '../activity.ts';
import type { Evidence, Signal } from '../evidence.ts';
import type { Model } from './model.ts';
import { applyRule } from '../rules/rule.ts';

/**
 * Reads an activity: the signals of every rule of the model that applies, in the order of the rules.
 * The weights are multiplied by the trust in who vouches for the activity.
 * Never throws. A rule does not apply if its properties are missing or of another type. Without a rule there are no signals.
 */
export function read(model: Model, activity: Activity): Evidence {
  const { activityId, name, at, channel, vouchedBy, properties } = activity;
  const trust = model.trustOf[vouchedBy];
  const rules = trust > 0 ? (model.rules.get(name) ?? []) : [];
  const signals = rules.flatMap((rule) => applyRule(rule, properties));
  return { activityId, name, at, channel, vouchedBy, signals: trust === 1 ? signals : weighed(signals, trust) };
}

/** A weight that is too small for a number has no effect. */
function weighed(signals: readonly Signal[], trust: number): readonly Signal[] {
  return signals.map((signal) => ({ ...signal, weight: signal.weight * trust })).filter(({ weight }) => weight > 0);
}
