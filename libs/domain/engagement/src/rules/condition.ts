import { activityCatalogue, type Field, holds, type JsonNode, type Rule, ruleIn } from '@sestante/rules';
import type { Activity } from '../activity.ts';
import { valueAt } from './property.ts';

/** Tests an activity. Never throws: a missing property or one of another type fails the test. */
export type Condition = (activity: Activity) => boolean;

/** Compiles the rule over the fields of an activity. */
export function conditionIn(node: JsonNode): Condition {
  const rule: Rule = ruleIn(node, activityCatalogue);
  return (activity) => holds(rule, (field) => valueOf(activity, field), activity.at);
}

function valueOf(activity: Activity, { name, property }: Field): unknown {
  if (property !== undefined) return valueAt(activity.properties, property);
  return name === 'activity.name' ? activity.name : activity.channel;
}
