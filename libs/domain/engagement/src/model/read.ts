import type { Activity } from '../activity.ts';
import type { Evidence } from '../evidence.ts';
import type { Model } from './model.ts';
import { applyRule } from '../rules/rule.ts';

/**
 * Reads an activity: the signals of every rule of the model that applies, in the order of the rules.
 * Never throws. A rule does not apply if its properties are missing or of another type. Without a rule there are no signals.
 */
export function read(model: Model, activity: Activity): Evidence {
  const { activityId, name, at, channel, properties } = activity;
  const rules = model.rules.get(name) ?? [];
  return { activityId, name, at, channel, signals: rules.flatMap((rule) => applyRule(rule, properties)) };
}
