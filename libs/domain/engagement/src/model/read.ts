import type { Activity } from '../activity.ts';
import type { Evidence } from '../evidence.ts';
import type { Model } from './model.ts';
import { applyRule } from '../rules/rule.ts';

/**
 * What an activity says about the relationship: the signals of every rule of the model that applies to it, in the rules' order.
 * Never throws: a rule whose properties are missing or of another type does not apply. No rule, no signals.
 */
export function read(model: Model, activity: Activity): Evidence {
  const { activityId, name, at, channel, properties } = activity;
  const rules = model.rules.get(name) ?? [];
  return { activityId, name, at, channel, signals: rules.flatMap((rule) => applyRule(rule, properties)) };
}
